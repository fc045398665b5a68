// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-paper"

#include "config.h"

#include "yeji-declaration-paper.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "yeji-declaration-tables.h"
#include "yeji-paper-flow.h"
#include "yeji-paper-glyphs.h"
#include "yeji-qr.h"
#include "yeji-slots.h"
#include "yeji-state-name.h"

/* Points. */
#define HEAD_HEIGHT 88.0
#define TITLE_Y 18.0
#define ROLE_Y 48.0
/* 26 mm: a module of the code of a sum is more than half a millimetre wide. */
#define QR_SIZE 80.0
#define QR_QUIET 7.0
#define SEALS_HEIGHT 104.0
#define SIGNATURES_HEIGHT 44.0
#define STATEMENT_HEIGHT 24.0
#define BOX_PAD 6.0

/* Characters of a name that fit into one line. */
#define NAME_IN_HEAD 100
#define NAME_IN_FOOT 26
/* Digits of a sum that tell it from others. */
#define SHORT_SUM 16

/* The columns of the documents. */
enum
{
  COLUMN_NUMBER,
  COLUMN_SLOT,
  COLUMN_FILE,
  COLUMN_PAGES,
  COLUMN_SIZE,
  COLUMN_SUM,
  N_COLUMNS
};

static const struct
{
  const char *head;
  double width;                /* 0: what the others leave */
  gboolean in_middle;
} columns[N_COLUMNS] = {
  [COLUMN_NUMBER] = { N_("No."), 28, TRUE },
  [COLUMN_SLOT] = { N_("Kind of document"), 124, FALSE },
  [COLUMN_FILE] = { N_("File"), 0, FALSE },
  [COLUMN_PAGES] = { N_("Sheets"), 38, TRUE },
  [COLUMN_SIZE] = { N_("Size"), 54, TRUE },
  [COLUMN_SUM] = { N_("SHA-256, beginning"), 100, FALSE },
};

/* A declaration that is laid out. */
typedef struct
{
  const YejiDeclaration *declaration;
  YejiPaperFlow *flow;
  YejiQr *qr;                  /* (nullable): of a record that cannot be summed up */
  char *name;
  char *foot;
} Form;

typedef struct
{
  YejiPaper parent;
  GPtrArray *declarations;     /* (element-type YejiDeclaration) */
  gboolean full;
  GArray *counts;              /* (element-type guint): sheets of those that are laid out */
  Form *form;                  /* (nullable): the one that was needed last */
  guint index;                 /* which one that is */
} Sheets;

/* ---- What stands above and below the tables */

static const char *
get_role (const YejiDeclaration *self)
{
  const YejiRole *role = yeji_dictionary_find_role (yeji_record_get_dictionary (self->record),
                                                    yeji_record_get_role (self->record));

  return role != NULL ? yeji_text_get (&role->label, yeji_language_get_current ())
                      : yeji_record_get_role (self->record);
}

static void
draw_middle (cairo_t        *cairo,
             YejiPaperStyle  style,
             double          y,
             const char     *text)
{
  PangoContext *context = yeji_paper_context_new ();
  g_autofree char *clean = yeji_paper_clean (text);
  PangoLayout *layout = yeji_paper_layout_new (context, style, 0, clean);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  yeji_paper_set_grey (cairo, style);
  cairo_move_to (cairo, (YEJI_PAPER_WIDTH - (double) width / PANGO_SCALE) / 2, y);
  yeji_paper_show_layout (cairo, layout);
  g_object_unref (layout);
  g_object_unref (context);
}

static void
draw_head (cairo_t  *cairo,
           double    y,
           gpointer  data)
{
  const Form *form = data;
  g_autofree char *role = g_strdup_printf (C_("role of a form", "(%s)"),
                                           get_role (form->declaration));

  draw_middle (cairo, YEJI_PAPER_FORM_TITLE, y + TITLE_Y, _("Declaration of a past project"));
  draw_middle (cairo, YEJI_PAPER_BODY, y + ROLE_Y, role);
  if (form->qr != NULL)
    yeji_qr_draw (form->qr, cairo, YEJI_PAPER_WIDTH - YEJI_PAPER_MARGIN - QR_SIZE + QR_QUIET,
                  y - QR_QUIET, QR_SIZE);
  yeji_paper_draw_text_end (cairo, YEJI_PAPER_NOTE, YEJI_PAPER_WIDTH - YEJI_PAPER_MARGIN,
                            y + QR_SIZE - 2 * QR_QUIET + 1, _("SHA-256 of the content"));
}

/* A place for a seal or a name, with what belongs there in its corner. */
static void
draw_box (cairo_t    *cairo,
          double      x,
          double      y,
          double      width,
          double      height,
          const char *words)
{
  cairo_set_source_rgb (cairo, 0.55, 0.55, 0.55);
  cairo_set_line_width (cairo, 0.5);
  cairo_rectangle (cairo, x, y, width, height);
  cairo_stroke (cairo);
  yeji_paper_draw_text (cairo, YEJI_PAPER_VALUE, x + BOX_PAD, y + BOX_PAD - 1, width - 2 * BOX_PAD,
                        words);
}

static void
draw_signatures (cairo_t  *cairo,
                 double    y,
                 gpointer  data)
{
  const double half = YEJI_PAPER_INNER / 2;
  const double third = YEJI_PAPER_INNER / 3;
  const struct
  {
    double x, y, width, height;
    const char *words;
  } boxes[] = {
    { 0, 0, YEJI_PAPER_INNER, STATEMENT_HEIGHT,
      _("The enterprise answers for the truth of this declaration and of its documents.") },
    { 0, STATEMENT_HEIGHT, half, SEALS_HEIGHT, _("Enterprise (seal)") },
    { half, STATEMENT_HEIGHT, half, SEALS_HEIGHT, _("Legal representative (signature)") },
    { 0, STATEMENT_HEIGHT + SEALS_HEIGHT, third, SIGNATURES_HEIGHT,
      _("Filled in by (signature)") },
    { third, STATEMENT_HEIGHT + SEALS_HEIGHT, third, SIGNATURES_HEIGHT, _("Telephone") },
    { 2 * third, STATEMENT_HEIGHT + SEALS_HEIGHT, third, SIGNATURES_HEIGHT,
      /* Translators: a place for a date that is written by hand, with its year, month and day */
      _("Date") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    draw_box (cairo, YEJI_PAPER_MARGIN + boxes[i].x, y + boxes[i].y, boxes[i].width,
              boxes[i].height, boxes[i].words);
  yeji_paper_draw_text_end (cairo, YEJI_PAPER_VALUE, YEJI_PAPER_MARGIN + YEJI_PAPER_INNER - BOX_PAD,
                            y + STATEMENT_HEIGHT + SEALS_HEIGHT + SIGNATURES_HEIGHT - 19,
                            C_("date by hand", "      -      -      "));
}

static void
put_pair (YejiPaperFlow *flow,
          const char    *left_name,
          const char    *left,
          const char    *right_name,
          const char    *right)
{
  const double width = YEJI_PAPER_INNER / 2 - YEJI_DECLARATION_NAME_WIDTH;
  const YejiPaperCell cells[] = {
    { YEJI_PAPER_FIELD, left_name, NULL, YEJI_DECLARATION_NAME_WIDTH, TRUE, FALSE },
    { YEJI_PAPER_VALUE, left, NULL, width, FALSE, FALSE },
    { YEJI_PAPER_FIELD, right_name, NULL, YEJI_DECLARATION_NAME_WIDTH, TRUE, FALSE },
    { YEJI_PAPER_VALUE, right, NULL, width, FALSE, FALSE },
  };

  yeji_paper_flow_add_line (flow, cells, G_N_ELEMENTS (cells), 0);
}

static char *
write_state (const YejiDeclaration *self)
{
  const char *name = yeji_state_get_name (self->state);
  GString *text = g_string_new (name);

  if (self->grade != NULL)
    /* Translators: the grade A, B, C or D of a record */
    g_string_append_printf (text, _(", grade %s"), self->grade);
  if (self->draft && self->submitted_at != NULL)
    g_string_append (text, _(", edited since it was submitted"));
  return g_string_free (text, FALSE);
}

static void
put_receipt (const YejiDeclaration *self,
             YejiPaperFlow         *flow)
{
  g_autofree char *moment = yeji_paper_print_moment (self->submitted_at, "%Y-%m-%d %H:%M:%S");
  g_autofree char *line = g_strdup_printf (_("%s (China's time), revision %s"), moment,
                                           self->revision);
  g_autofree char *sum = yeji_paper_group_digits (self->submitted_sum, 8);
  const gboolean same = g_strcmp0 (self->sum, self->submitted_sum) == 0;
  g_autofree char *other = same ? NULL : g_strdup_printf ("SHA-256 %s", sum);

  yeji_declaration_put_fact (flow, C_("declaration form", "Submitted at"), YEJI_PAPER_VALUE, line,
                             same ? _("with just this content") : other);
}

static gboolean
has_personal (YejiRecord *record)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < table->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (table->fields, j);

          for (guint k = 0; field->personal != YEJI_PERSONAL_NO
                            && k < yeji_record_get_n_rows (record, table); k++)
            if (*yeji_row_get (yeji_record_get_row (record, table, k), field) != '\0')
              return TRUE;
        }
    }
  return FALSE;
}

static void
put_facts (const Form *form,
           gboolean    full)
{
  const YejiDeclaration *self = form->declaration;
  g_autofree char *state = write_state (self);
  g_autofree char *printed = yeji_paper_print_moment (self->printed_at, "%Y-%m-%d %H:%M");
  g_autofree char *sum = yeji_paper_group_digits (self->sum != NULL ? self->sum : "", 8);
  const char *masked = !full && has_personal (self->record)
                         ? _("Personal numbers are masked on this paper; the sum is that of the "
                             "whole content.")
                         : NULL;

  yeji_declaration_put_fact (form->flow, C_("declaration form", "Project"), YEJI_PAPER_ROW, form->name, NULL);
  put_pair (form->flow, C_("declaration form", "Enterprise"), self->enterprise != NULL ? self->enterprise : "",
            C_("declaration form", "Credit code"), self->code != NULL ? self->code : "");
  put_pair (form->flow, C_("declaration form", "State"), state, _("Decided by"),
            self->office != NULL ? self->office : "");
  put_pair (form->flow, _("Data standard"),
            yeji_dictionary_get_version (yeji_record_get_dictionary (self->record)),
            _("Printed at"), printed);
  yeji_declaration_put_fact (form->flow, C_("declaration form", "Record"), YEJI_PAPER_VALUE,
                             yeji_record_get_uuid (self->record), NULL);
  yeji_declaration_put_fact (form->flow, _("SHA-256 of the content"), YEJI_PAPER_VALUE, sum,
                             masked);
  if (self->submitted_at != NULL)
    put_receipt (self, form->flow);
}

/* ---- Documents */

static double
get_width (guint column)
{
  double width = YEJI_PAPER_INNER;

  if (columns[column].width > 0)
    return columns[column].width;
  for (guint i = 0; i < N_COLUMNS; i++)
    width -= columns[i].width;
  return width;
}

static void
put_document (YejiPaperFlow             *flow,
              guint                      number,
              const char                *slot,
              const YejiDeclarationFile *file)
{
  YejiPaperCell cells[N_COLUMNS];
  char *texts[N_COLUMNS] = { NULL };
  g_autofree char *start = file != NULL ? g_strndup (file->sha256, SHORT_SUM) : NULL;

  texts[COLUMN_SLOT] = g_strdup (slot);
  if (file == NULL)
    texts[COLUMN_FILE] = g_strdup (_("missing: it is required"));
  else
    {
      texts[COLUMN_NUMBER] = g_strdup_printf ("%u", number);
      texts[COLUMN_FILE] = g_strdup (file->filename);
      if (file->n_pages > 0)
        texts[COLUMN_PAGES] = g_strdup_printf ("%u", file->n_pages);
      texts[COLUMN_SIZE] = g_format_size ((guint64) MAX (file->size, 0));
      texts[COLUMN_SUM] = yeji_paper_group_digits (start, 8);
    }
  for (guint i = 0; i < N_COLUMNS; i++)
    cells[i] = (YejiPaperCell) {
      file == NULL ? YEJI_PAPER_ROW : YEJI_PAPER_VALUE, texts[i] != NULL ? texts[i] : "", NULL,
      get_width (i), FALSE, columns[i].in_middle,
    };
  yeji_paper_flow_add_line (flow, cells, N_COLUMNS, 0);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (texts[i]);
}

static void
put_document_head (YejiPaperFlow *flow)
{
  YejiPaperCell cells[N_COLUMNS];

  for (guint i = 0; i < N_COLUMNS; i++)
    cells[i] = (YejiPaperCell) { YEJI_PAPER_FIELD, _(columns[i].head), NULL, get_width (i), TRUE,
                                 columns[i].in_middle };
  yeji_paper_flow_set_head (flow, cells, N_COLUMNS);
}

/* In the order of the slots, and what must be there and is not among them. */
static void
put_documents (const YejiDeclaration *self,
               YejiPaperFlow         *flow)
{
  YejiDictionary *dictionary = yeji_record_get_dictionary (self->record);
  GPtrArray *slots = yeji_dictionary_get_slots (dictionary);
  guint n_lines = 0, number = 0;

  put_document_head (flow);
  for (guint i = 0; i < slots->len; i++)
    {
      const YejiSlot *slot = g_ptr_array_index (slots, i);
      const char *label = yeji_text_get (&slot->label, yeji_language_get_current ());
      guint n_files = 0;

      for (guint j = 0; j < self->files->len; j++)
        {
          const YejiDeclarationFile *file = g_ptr_array_index (self->files, j);

          if (g_str_equal (file->slot, slot->id))
            {
              put_document (flow, ++number, label, file);
              n_files++;
            }
        }
      if (n_files == 0 && yeji_slot_is_required (slot, self->record))
        {
          put_document (flow, 0, label, NULL);
          n_files++;
        }
      n_lines += n_files;
    }
  for (guint j = 0; j < self->files->len; j++)
    {
      const YejiDeclarationFile *file = g_ptr_array_index (self->files, j);

      if (yeji_dictionary_find_slot (dictionary, file->slot) != NULL)
        continue;
      put_document (flow, ++number, file->slot, file);
      n_lines++;
    }
  if (n_lines == 0)
    {
      const YejiPaperCell cell = { YEJI_PAPER_FIELD, _("(none)"), NULL, YEJI_PAPER_INNER, FALSE,
                                   TRUE };

      yeji_paper_flow_add_line (flow, &cell, 1, 0);
    }
}

/* ---- The whole */

static char *
shorten (const char *text,
         glong       n)
{
  g_autofree char *clean = yeji_paper_clean (text);
  g_autofree char *begin = NULL;

  g_strdelimit (clean, "\n", ' ');
  if (g_utf8_strlen (clean, -1) <= n)
    return g_steal_pointer (&clean);
  begin = g_utf8_substring (clean, 0, n);
  return g_strconcat (begin, "…", NULL);
}

static Form *
form_new (const YejiDeclaration *declaration,
          gboolean               full)
{
  Form *form = g_new0 (Form, 1);
  g_autofree char *name = yeji_declaration_get_name (declaration);
  g_autofree char *brief = shorten (name, NAME_IN_FOOT);
  g_autofree char *start = g_strndup (declaration->sum != NULL ? declaration->sum : "", SHORT_SUM);
  g_autofree char *sum = yeji_paper_group_digits (start, 8);
  guint n_sections = 0;

  form->declaration = declaration;
  form->flow = yeji_paper_flow_new ();
  form->qr = declaration->sum != NULL ? yeji_qr_new (declaration->sum, NULL) : NULL;
  form->name = shorten (name, NAME_IN_HEAD);
  form->foot = g_strdup_printf ("%s   SHA-256 %s…", brief, sum);
  yeji_paper_flow_add_picture (form->flow, HEAD_HEIGHT, draw_head, form);
  put_facts (form, full);
  yeji_declaration_put_tables (declaration, full, form->flow, &n_sections);
  yeji_declaration_put_notes (declaration, full, form->flow, &n_sections);
  yeji_declaration_begin_section (form->flow, _("Documents"), &n_sections);
  put_documents (declaration, form->flow);
  yeji_declaration_begin_section (form->flow, _("Signatures and seals"), &n_sections);
  yeji_paper_flow_add_picture (form->flow, STATEMENT_HEIGHT + SEALS_HEIGHT + SIGNATURES_HEIGHT,
                               draw_signatures, form);
  return form;
}

static void
form_draw (Form    *form,
           cairo_t *cairo,
           guint    page)
{
  const guint n_pages = yeji_paper_flow_count_pages (form->flow);
  g_autofree char *number = g_strdup_printf (_("Page %u of %u"), page + 1, n_pages);
  const double y = YEJI_PAPER_HEIGHT - YEJI_PAPER_MARGIN - 4;

  yeji_paper_flow_draw (form->flow, cairo, page,
                        form->declaration->draft ? yeji_state_get_name (YEJI_STATE_DRAFT) : NULL);
  yeji_paper_draw_text (cairo, YEJI_PAPER_NOTE, YEJI_PAPER_MARGIN, y, 0, form->foot);
  yeji_paper_draw_text_end (cairo, YEJI_PAPER_NOTE, YEJI_PAPER_MARGIN + YEJI_PAPER_INNER, y,
                            number);
}

static void
form_free (Form *form)
{
  yeji_paper_flow_free (form->flow);
  g_clear_pointer (&form->qr, yeji_qr_free);
  g_free (form->name);
  g_free (form->foot);
  g_free (form);
}

/* Only one is in memory with all its letters. */
static Form *
get_form (Sheets *self,
          guint   index)
{
  if (self->form != NULL && self->index == index)
    return self->form;
  g_clear_pointer (&self->form, form_free);
  self->form = form_new (g_ptr_array_index (self->declarations, index), self->full);
  self->index = index;
  return self->form;
}

static gboolean
lay_out (YejiPaper *paper)
{
  Sheets *self = (Sheets *) paper;

  if (self->counts->len < self->declarations->len)
    {
      Form *form = get_form (self, self->counts->len);
      guint n_pages = yeji_paper_flow_count_pages (form->flow);

      g_array_append_val (self->counts, n_pages);
    }
  return self->counts->len == self->declarations->len;
}

static guint
count_pages (YejiPaper *paper)
{
  Sheets *self = (Sheets *) paper;
  guint n_pages = 0;

  for (guint i = 0; i < self->counts->len; i++)
    n_pages += g_array_index (self->counts, guint, i);
  return n_pages;
}

static void
draw (YejiPaper *paper,
      cairo_t   *cairo,
      guint      page)
{
  Sheets *self = (Sheets *) paper;
  guint index = 0;

  while (page >= g_array_index (self->counts, guint, index))
    page -= g_array_index (self->counts, guint, index++);
  form_draw (get_form (self, index), cairo, page);
}

static void
free_sheets (YejiPaper *paper)
{
  Sheets *self = (Sheets *) paper;

  g_clear_pointer (&self->form, form_free);
  g_ptr_array_unref (self->declarations);
  g_array_unref (self->counts);
  g_free (self);
}

static const YejiPaperClass klass = { lay_out, count_pages, draw, free_sheets };

static char *
make_title (const YejiDeclaration *declaration)
{
  g_autofree char *name = yeji_declaration_get_name (declaration);
  g_autofree char *brief = shorten (*name != '\0' ? name
                                                  : yeji_record_get_uuid (declaration->record),
                                    NAME_IN_HEAD);

  return g_steal_pointer (&brief);
}

/**
 * yeji_declarations_paper_new:
 * @declarations: (transfer full) (element-type YejiDeclaration): at least one
 * @full: whether personal numbers are open
 *
 * Makes the forms of several records: each begins on a sheet of its own and counts its own.
 *
 * Returns: (transfer full): the sheets
 */
YejiPaper *
yeji_declarations_paper_new (GPtrArray *declarations,
                             gboolean   full)
{
  Sheets *self;

  g_return_val_if_fail (declarations->len > 0, NULL);

  self = g_new0 (Sheets, 1);
  self->parent.klass = &klass;
  self->parent.title = make_title (g_ptr_array_index (declarations, 0));
  self->parent.subject = g_strdup (_("Declaration of a past project"));
  self->declarations = declarations;
  self->full = full;
  self->counts = g_array_new (FALSE, FALSE, sizeof (guint));
  return (YejiPaper *) self;
}

/**
 * yeji_declaration_paper_new:
 * @declaration: (transfer full)
 * @full: whether personal numbers are open
 *
 * Returns: (transfer full): the form of one record
 */
YejiPaper *
yeji_declaration_paper_new (YejiDeclaration *declaration,
                            gboolean         full)
{
  GPtrArray *one = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_declaration_free);

  g_ptr_array_add (one, declaration);
  return yeji_declarations_paper_new (one, full);
}

/**
 * yeji_declaration_add_to_pdf:
 *
 * Adds the form of one record to a file, with a line of the outline that leads to it.
 *
 * Returns: %FALSE with an error of GIO when nothing can come of the file any more
 */
gboolean
yeji_declaration_add_to_pdf (YejiDeclaration  *declaration,
                             gboolean          full,
                             YejiPaperPdf     *pdf,
                             GError          **error)
{
  /* borrowed: the array does not free it */
  GPtrArray *one = g_ptr_array_new ();
  g_autoptr (YejiPaper) paper = NULL;

  g_ptr_array_add (one, declaration);
  paper = yeji_declarations_paper_new (one, full);
  if (yeji_paper_pdf_count_pages (pdf) == 0)
    yeji_paper_pdf_set_title (pdf, paper->title, paper->subject);
  yeji_paper_pdf_add (pdf, paper, paper->title);
  return !yeji_paper_pdf_has_failed (pdf, error);
}

/**
 * yeji_declarations_to_pdf:
 * @progress: (nullable)
 * @cancellable: (nullable): looked at before each record
 *
 * Writes the forms of several records into one file, which nobody else on this computer may read,
 * wholly or not at all. Blocks.
 *
 * Returns: whether it is there; %FALSE with an error of GIO
 */
gboolean
yeji_declarations_to_pdf (GPtrArray                *declarations,
                          gboolean                  full,
                          GFile                    *file,
                          YejiDeclarationProgress   progress,
                          gpointer                  user_data,
                          GCancellable             *cancellable,
                          GError                  **error)
{
  YejiPaperPdf *pdf = yeji_paper_pdf_open (file, G_FILE_CREATE_PRIVATE, error);
  gboolean done = pdf != NULL;

  for (guint i = 0; done && i < declarations->len; i++)
    {
      done = !g_cancellable_set_error_if_cancelled (cancellable, error)
             && yeji_declaration_add_to_pdf (g_ptr_array_index (declarations, i), full, pdf, error);
      if (done && progress != NULL)
        progress (i + 1, declarations->len, user_data);
    }
  if (pdf == NULL)
    return FALSE;
  return yeji_paper_pdf_close (pdf, done, done ? error : NULL) && done;
}
