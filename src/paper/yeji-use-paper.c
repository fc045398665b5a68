// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-paper"

#include "config.h"

#include "yeji-use-paper.h"

#include <glib/gi18n-lib.h>

#include "yeji-json.h"
#include "yeji-paper-text.h"

/* Points. */
#define MARGIN 51.0
#define INNER (YEJI_PAPER_WIDTH - 2 * MARGIN)
#define BOTTOM (YEJI_PAPER_HEIGHT - MARGIN)
#define FOOT 30.0
#define LABEL_WIDTH 84.0
#define LINE_GAP 5.0
#define CELL_PAD 3.5
/* Characters of a text. */
#define MAX_TEXT 400
/* A figure of the totals. */
#define TOTAL_COLUMNS 3
#define TOTAL_GAP 12.0

/* The columns of the records. */
static const struct
{
  double x, width;
  const char *head;
  YejiPaperStyle style;
} columns[] = {
  { 0, 20, N_("No."), YEJI_PAPER_SMALL_CODE },
  { 24, 170, N_("Project"), YEJI_PAPER_SMALL },
  { 198, 92, N_("Project number"), YEJI_PAPER_SMALL_CODE },
  { 294, 26, N_("Grade"), YEJI_PAPER_SMALL },
  { 324, 82, N_("Approved by"), YEJI_PAPER_SMALL },
  { 410, 83, N_("Remarks"), YEJI_PAPER_SMALL },
};

/* A line of the head, or a figure of the totals. */
typedef struct
{
  char *label;
  char *value;
} Fact;

/* A record. */
typedef struct
{
  char *name;
  char *number;
  char *grade;
  char *office;
  char *remark;
} Row;

typedef struct
{
  YejiPaper parent;
  char *title;
  char *name;
  GPtrArray *facts;            /* (element-type Fact) */
  GPtrArray *rows;             /* (element-type Row) */
  GPtrArray *totals;           /* (element-type Fact) */
  GArray *firsts;              /* (element-type guint): the first record of each page */
} YejiUsePaper;

static void
free_fact (gpointer data)
{
  Fact *fact = data;

  g_free (fact->label);
  g_free (fact->value);
  g_free (fact);
}

static void
free_row (gpointer data)
{
  Row *row = data;

  g_free (row->name);
  g_free (row->number);
  g_free (row->grade);
  g_free (row->office);
  g_free (row->remark);
  g_free (row);
}

/* What is longer than anybody's is not printed whole: a sheet has to hold it. */
static char *
shorten (const char *text)
{
  return g_utf8_strlen (text, -1) > MAX_TEXT ? g_utf8_substring (text, 0, MAX_TEXT)
                                             : g_strdup (text);
}

static void
add_fact (GPtrArray  *facts,
          const char *label,
          const char *value)
{
  Fact *fact;

  if (value == NULL || *value == '\0')
    return;
  fact = g_new0 (Fact, 1);
  fact->label = g_strdup (label);
  fact->value = shorten (value);
  g_ptr_array_add (facts, fact);
}

static const char *
get_text (JsonObject *object,
          const char *member)
{
  const char *text = yeji_json_get_string (object, member);

  return text != NULL ? text : "";
}

/* A text of the dictionary: {zh, en}. */
static const char *
get_words (JsonObject   *object,
           const char   *member,
           YejiLanguage  language)
{
  JsonObject *words = yeji_json_get_object (object, member);

  return words != NULL ? get_text (words, language == YEJI_LANGUAGE_ZH ? "zh" : "en") : "";
}

/* Why it does not count, or where else it is used. */
static char *
make_remark (JsonObject   *record,
             YejiLanguage  language)
{
  JsonArray *reasons = yeji_json_get_array (record, "reasons");
  JsonArray *used = yeji_json_get_array (record, "used");
  GString *text = g_string_new (NULL);

  for (guint i = 0; reasons != NULL && i < json_array_get_length (reasons); i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                            get_text (json_array_get_object_element (reasons, i),
                                      language == YEJI_LANGUAGE_ZH ? "zh" : "en"));
  for (guint i = 0; used != NULL && i < json_array_get_length (used); i++)
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append_printf (text, _("also in: %s"),
                              get_text (json_array_get_object_element (used, i), "name"));
    }
  return g_string_free (text, FALSE);
}

static void
read_records (YejiUsePaper *self,
              JsonArray    *records,
              YejiLanguage  language)
{
  for (guint i = 0; records != NULL && i < json_array_get_length (records); i++)
    {
      JsonObject *record = json_array_get_object_element (records, i);
      const char *name = yeji_json_get_string (record, "name");
      g_autofree char *remark = NULL;
      Row *row = g_new0 (Row, 1);

      row->name = shorten (name != NULL ? name : get_text (record, "uuid"));
      row->number = shorten (get_text (record, "number"));
      row->grade = shorten (get_text (record, "grade"));
      row->office = shorten (get_text (record, "office"));
      remark = make_remark (record, language);
      row->remark = shorten (remark);
      g_ptr_array_add (self->rows, row);
    }
}

static void
read_totals (YejiUsePaper *self,
             JsonArray    *totals,
             YejiLanguage  language)
{
  for (guint i = 0; totals != NULL && i < json_array_get_length (totals); i++)
    {
      JsonObject *total = json_array_get_object_element (totals, i);
      g_autofree char *value = g_strdup_printf ("%s %s", get_text (total, "value"),
                                                get_words (total, "unit", language));

      add_fact (self->totals, get_words (total, "label", language), value);
    }
}

static double
draw_totals (YejiUsePaper *self,
             cairo_t      *cairo,
             double        y)
{
  const double width = (INNER - (TOTAL_COLUMNS - 1) * TOTAL_GAP) / TOTAL_COLUMNS;
  double height = 0;

  for (guint i = 0; i < self->totals->len; i++)
    {
      const Fact *total = g_ptr_array_index (self->totals, i);
      const double x = MARGIN + (i % TOTAL_COLUMNS) * (width + TOTAL_GAP);
      double own;

      own = yeji_paper_draw_text (cairo, YEJI_PAPER_LABEL, x, y, width, total->label) + 1;
      own += yeji_paper_draw_text (cairo, YEJI_PAPER_STRONG, x, y + own, width, total->value);
      height = MAX (height, own);
      if (i % TOTAL_COLUMNS == TOTAL_COLUMNS - 1 || i + 1 == self->totals->len)
        {
          y += height + LINE_GAP + 2;
          height = 0;
        }
    }
  return y;
}

static double
draw_head (YejiUsePaper *self,
           cairo_t      *cairo)
{
  double y = MARGIN;

  y += yeji_paper_draw_text (cairo, YEJI_PAPER_LABEL, MARGIN, y, INNER, self->title) + 2;
  y += yeji_paper_draw_text (cairo, YEJI_PAPER_TITLE, MARGIN, y, INNER, self->name) + 10;
  for (guint i = 0; i < self->facts->len; i++)
    {
      const Fact *fact = g_ptr_array_index (self->facts, i);

      yeji_paper_draw_text (cairo, YEJI_PAPER_LABEL, MARGIN, y + 1.5, LABEL_WIDTH, fact->label);
      y += yeji_paper_draw_text (cairo, YEJI_PAPER_BODY, MARGIN + LABEL_WIDTH, y,
                                 INNER - LABEL_WIDTH, fact->value) + LINE_GAP;
    }
  y += 4;
  yeji_paper_draw_line (cairo, MARGIN, y, INNER, 0.7);
  y = draw_totals (self, cairo, y + 8) + 2;
  yeji_paper_draw_line (cairo, MARGIN, y, INNER, 0.7);
  return y + 10;
}

/* Draws a row, or measures it when @drawn is FALSE; returns its height. */
static double
put_row (YejiUsePaper *self,
         cairo_t      *cairo,
         guint         index,
         double        y,
         gboolean      drawn)
{
  const Row *row = g_ptr_array_index (self->rows, index);
  g_autofree char *number = g_strdup_printf ("%u", index + 1);
  const char *cells[G_N_ELEMENTS (columns)] = {
    number, row->name, row->number, row->grade, row->office, row->remark,
  };
  double height = 0;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      double own = drawn ? yeji_paper_draw_text (cairo, columns[i].style, MARGIN + columns[i].x,
                                                 y + CELL_PAD, columns[i].width, cells[i])
                         : yeji_paper_measure_text (cairo, columns[i].style, columns[i].width,
                                                    cells[i]);

      height = MAX (height, own);
    }
  if (drawn)
    yeji_paper_draw_line (cairo, MARGIN, y + height + 2 * CELL_PAD, INNER, 0.85);
  return height + 2 * CELL_PAD;
}

static double
draw_table_head (cairo_t *cairo,
                 double   y)
{
  double height = 0;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    height = MAX (height, yeji_paper_draw_text (cairo, YEJI_PAPER_LABEL, MARGIN + columns[i].x, y,
                                                columns[i].width, _(columns[i].head)));
  yeji_paper_draw_line (cairo, MARGIN, y + height + 3, INNER, 0.3);
  return y + height + 3;
}

static void
draw_foot (YejiUsePaper *self,
           cairo_t      *cairo,
           guint         page)
{
  g_autofree char *number = g_strdup_printf (_("Page %u of %u"), page + 1, self->firsts->len);
  const double y = BOTTOM - FOOT;

  yeji_paper_draw_line (cairo, MARGIN, y, INNER, 0.7);
  yeji_paper_draw_text (cairo, YEJI_PAPER_LABEL, MARGIN, y + 5, INNER - 90,
                        _("Records as they were approved by the province when this was printed. "
                          "What counts is the list that the province has."));
  yeji_paper_draw_text_end (cairo, YEJI_PAPER_LABEL, MARGIN + INNER, y + 5, number);
}

/* Draws a page with the records before @end, or finds out where it ends when @drawn is FALSE;
 * returns the first record of the next one. */
static guint
put_page (YejiUsePaper *self,
          cairo_t      *cairo,
          guint         first,
          guint         end,
          gboolean      is_first,
          gboolean      drawn)
{
  const guint start = first;
  double y;

  if (!drawn)
    cairo_push_group (cairo);
  y = is_first ? draw_head (self, cairo)
               : MARGIN + yeji_paper_draw_text (cairo, YEJI_PAPER_SMALL, MARGIN, MARGIN, INNER,
                                                self->name) + 8;
  y = draw_table_head (cairo, y);
  while (first < end)
    {
      double height = put_row (self, cairo, first, y, drawn);

      /* every sheet but the first has a record at least, however long it is */
      if (!drawn && y + height > BOTTOM - FOOT - 6 && (is_first || first > start))
        break;
      y += height;
      first++;
    }
  if (!drawn)
    cairo_pattern_destroy (cairo_pop_group (cairo));
  return first;
}

/* Where each page begins. */
static void
lay_out (YejiUsePaper *self)
{
  cairo_rectangle_t area = { 0, 0, YEJI_PAPER_WIDTH, YEJI_PAPER_HEIGHT };
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &area);
  cairo_t *cairo = cairo_create (surface);
  guint first = 0;

  do
    {
      g_array_append_val (self->firsts, first);
      first = put_page (self, cairo, first, self->rows->len, self->firsts->len == 1, FALSE);
    }
  while (first < self->rows->len);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
}

static guint
count_pages (YejiPaper *paper)
{
  return ((YejiUsePaper *) paper)->firsts->len;
}

static void
draw (YejiPaper *paper,
      cairo_t   *cairo,
      guint      page)
{
  YejiUsePaper *self = (YejiUsePaper *) paper;
  guint end = self->rows->len;

  if (page + 1 < self->firsts->len)
    end = g_array_index (self->firsts, guint, page + 1);
  put_page (self, cairo, g_array_index (self->firsts, guint, page), end, page == 0, TRUE);
  draw_foot (self, cairo, page);
}

static void
free_list (YejiPaper *paper)
{
  YejiUsePaper *self = (YejiUsePaper *) paper;

  g_free (self->title);
  g_free (self->name);
  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->totals);
  g_array_unref (self->firsts);
  g_free (self);
}

static const YejiPaperClass klass = { NULL, count_pages, draw, free_list };

/**
 * yeji_use_paper_new:
 * @list: a qualification list as it is given to other programs: a JSON object
 *
 * Lays a list out on sheets of A4: what it is for, what it adds up to, its records.
 *
 * Returns: (transfer full): the sheets
 */
YejiPaper *
yeji_use_paper_new (JsonNode     *list,
                    YejiLanguage  language)
{
  JsonObject *object = json_node_get_object (list);
  YejiUsePaper *self = g_new0 (YejiUsePaper, 1);
  g_autofree char *day = yeji_paper_print_moment (get_text (object, "at"), "%Y-%m-%d");

  self->title = g_strdup (get_words (object, "kind_label", language));
  self->name = shorten (get_text (object, "name"));
  self->parent.klass = &klass;
  self->parent.title = g_strdup (self->name);
  self->parent.subject = g_strdup (self->title);
  self->facts = g_ptr_array_new_with_free_func (free_fact);
  self->rows = g_ptr_array_new_with_free_func (free_row);
  self->totals = g_ptr_array_new_with_free_func (free_fact);
  self->firsts = g_array_new (FALSE, FALSE, sizeof (guint));
  add_fact (self->facts, _("Enterprise"), get_text (object, "enterprise_name"));
  add_fact (self->facts, _("Credit code"), get_text (object, "enterprise"));
  add_fact (self->facts, _("Made on"), day);
  add_fact (self->facts, _("Number of the list"), get_text (object, "server_id"));
  add_fact (self->facts, _("Application"), get_text (object, "application"));
  read_totals (self, yeji_json_get_array (object, "totals"), language);
  read_records (self, yeji_json_get_array (object, "records"), language);
  lay_out (self);
  return (YejiPaper *) self;
}
