// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-paper"

#include "config.h"

#include "yeji-paper-flow.h"

#include <glib/gi18n-lib.h>

#include "yeji-paper-glyphs.h"
#include "yeji-paper-line.h"

/* Points. */
#define TOP YEJI_PAPER_MARGIN
#define BOTTOM (YEJI_PAPER_HEIGHT - YEJI_PAPER_MARGIN - YEJI_PAPER_FOOT + 12)
#define HEADING_HEIGHT 22.0
#define HEADING_GAP 12.0
#define GROUP_GAP 6.0
/* Less of a text that is higher than a sheet nobody wants at a sheet's end. */
#define LEAST_PART 60.0

/* Characters of a heading: it is one line. */
#define MAX_TITLE 36

/* The word across a sheet. */
#define WATERMARK_SIZE 130.0
#define WATERMARK_GREY 0.9

/* What a part of the form is called; comes again on each sheet that it goes on to. */
typedef struct
{
  char *title;
  YejiPaperLine *head;         /* (nullable): what its columns are called */
} Section;

/* Lines that stay together where a sheet holds them. */
typedef struct
{
  YejiPaperLine *title;        /* (nullable) */
  double height;               /* of all of them */
} Group;

typedef enum
{
  ITEM_PICTURE,
  ITEM_HEADING,
  ITEM_LINE,
} ItemKind;

typedef struct
{
  ItemKind kind;
  Section *section;            /* (nullable): what comes before the first one */
  Group *group;                /* (nullable) */
  gboolean is_first;           /* of its group */
  double gap;                  /* above it, but at the top of a sheet */
  double height;
  YejiPaperLine *line;         /* of a line; borrowed where it is a title or a head */
  YejiPaperPicture picture;
  gpointer data;
} Item;

/* Something on a sheet. */
typedef struct
{
  ItemKind kind;
  const Item *item;            /* (nullable): a heading or a title that comes again */
  const Section *section;      /* of a heading that comes again */
  YejiPaperLine *line;
  double y;
  double height;
  YejiPaperRange *range;       /* (nullable): all of it */
} Placed;

struct _YejiPaperFlow
{
  YejiPaperPen *pen;
  GPtrArray *items;            /* (element-type Item) */
  GPtrArray *sections;         /* (element-type Section) */
  GPtrArray *groups;           /* (element-type Group) */
  GPtrArray *lines;            /* (element-type YejiPaperLine): all of them */
  Section *section;            /* (nullable): to which lines are added */
  Group *group;                /* (nullable): likewise */
  GPtrArray *pages;            /* (nullable) (element-type GArray of Placed) */
  double y;                    /* while sheets are made: where the next item stands */
};

static void
free_section (gpointer data)
{
  Section *section = data;

  g_free (section->title);
  g_free (section);
}

static void
clear_placed (gpointer data)
{
  g_free (((Placed *) data)->range);
}

YejiPaperFlow *
yeji_paper_flow_new (void)
{
  YejiPaperFlow *self = g_new0 (YejiPaperFlow, 1);

  self->pen = yeji_paper_pen_new ();
  self->items = g_ptr_array_new_with_free_func (g_free);
  self->sections = g_ptr_array_new_with_free_func (free_section);
  self->groups = g_ptr_array_new_with_free_func (g_free);
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_paper_line_free);
  return self;
}

static YejiPaperLine *
make_line (YejiPaperFlow       *self,
           const YejiPaperCell *cells,
           guint                n_cells,
           double               min_height)
{
  YejiPaperLine *line = yeji_paper_line_new (self->pen, cells, n_cells, min_height);

  g_ptr_array_add (self->lines, line);
  return line;
}

static Item *
add_item (YejiPaperFlow *self,
          ItemKind       kind,
          double         height)
{
  Item *item = g_new0 (Item, 1);

  g_assert (self->pages == NULL);
  item->kind = kind;
  item->section = self->section;
  item->group = self->group;
  item->height = height;
  if (self->group != NULL)
    {
      item->is_first = self->group->height == 0;
      self->group->height += height;
    }
  g_ptr_array_add (self->items, item);
  return item;
}

static void
add_made_line (YejiPaperFlow *self,
               YejiPaperLine *line)
{
  const Item *last = self->items->len > 0
                       ? g_ptr_array_index (self->items, self->items->len - 1) : NULL;
  Item *item = add_item (self, ITEM_LINE, yeji_paper_line_get_height (line));

  item->line = line;
  if (item->is_first && last != NULL && last->kind != ITEM_HEADING)
    item->gap = GROUP_GAP;
}

/**
 * yeji_paper_flow_add_picture:
 * @height: less than a sheet's, in points
 * @data: lives as long as the flow
 *
 * Keeps room for what the caller draws.
 */
void
yeji_paper_flow_add_picture (YejiPaperFlow    *self,
                             double            height,
                             YejiPaperPicture  picture,
                             gpointer          data)
{
  Item *item = add_item (self, ITEM_PICTURE, height);

  item->picture = picture;
  item->data = data;
}

/**
 * yeji_paper_flow_begin_section:
 *
 * Begins a part with a heading, which comes again on each sheet that it goes on to.
 */
void
yeji_paper_flow_begin_section (YejiPaperFlow *self,
                               const char    *title)
{
  Section *section = g_new0 (Section, 1);
  g_autofree char *clean = NULL;
  Item *item;

  clean = yeji_paper_clean (title);
  section->title = g_utf8_substring (clean, 0, MIN (MAX_TITLE, g_utf8_strlen (clean, -1)));
  g_strdelimit (section->title, "\n", ' ');
  g_ptr_array_add (self->sections, section);
  self->section = section;
  item = add_item (self, ITEM_HEADING, HEADING_HEIGHT);
  item->gap = HEADING_GAP;
}

/**
 * yeji_paper_flow_set_head:
 *
 * Says what the columns of the section are called; comes again with its heading.
 */
void
yeji_paper_flow_set_head (YejiPaperFlow       *self,
                          const YejiPaperCell *cells,
                          guint                n_cells)
{
  self->section->head = make_line (self, cells, n_cells, 0);
  add_made_line (self, self->section->head);
}

static YejiPaperLine *
make_title (YejiPaperFlow *self,
            const char    *title)
{
  const YejiPaperCell cell = { YEJI_PAPER_ROW, title, NULL, YEJI_PAPER_INNER, TRUE, FALSE };

  return make_line (self, &cell, 1, 0);
}

/**
 * yeji_paper_flow_begin_group:
 * @title: (nullable): what it is called
 *
 * Begins lines that are not torn where a sheet holds them all.
 */
void
yeji_paper_flow_begin_group (YejiPaperFlow *self,
                             const char    *title)
{
  self->group = g_new0 (Group, 1);
  g_ptr_array_add (self->groups, self->group);
  if (title == NULL)
    return;
  self->group->title = make_title (self, title);
  add_made_line (self, self->group->title);
}

void
yeji_paper_flow_end_group (YejiPaperFlow *self)
{
  self->group = NULL;
}

/**
 * yeji_paper_flow_add_line:
 * @n_cells: YEJI_PAPER_MAX_CELLS at most
 * @min_height: points
 *
 * Adds cells beside each other.
 */
void
yeji_paper_flow_add_line (YejiPaperFlow       *self,
                          const YejiPaperCell *cells,
                          guint                n_cells,
                          double               min_height)
{
  add_made_line (self, make_line (self, cells, n_cells, min_height));
}

/* ---- Sheets */

static double
get_head_height (const Section *section)
{
  if (section == NULL)
    return 0;
  return HEADING_HEIGHT + (section->head != NULL ? yeji_paper_line_get_height (section->head) : 0);
}

/* What a sheet holds of a section that goes on. */
static double
get_room (const Item *item)
{
  return BOTTOM - TOP - get_head_height (item->section);
}

static Placed *
place (YejiPaperFlow *self,
       ItemKind       kind,
       const Item    *item,
       YejiPaperLine *line,
       double         height)
{
  GArray *page = g_ptr_array_index (self->pages, self->pages->len - 1);
  Placed placed = { kind, item, NULL, line, self->y, height, NULL };

  g_array_append_val (page, placed);
  self->y += height;
  return &g_array_index (page, Placed, page->len - 1);
}

static void
add_page (YejiPaperFlow *self)
{
  GArray *page = g_array_new (FALSE, FALSE, sizeof (Placed));

  g_array_set_clear_func (page, clear_placed);
  g_ptr_array_add (self->pages, page);
  self->y = TOP;
}

/* A new sheet begins with what the last one ended in. */
static void
go_on (YejiPaperFlow *self,
       const Item    *item)
{
  add_page (self);
  if (item->kind == ITEM_HEADING || item->section == NULL)
    return;
  place (self, ITEM_HEADING, NULL, NULL, HEADING_HEIGHT)->section = item->section;
  if (item->section->head != NULL && item->line != item->section->head)
    place (self, ITEM_LINE, NULL, item->section->head,
           yeji_paper_line_get_height (item->section->head));
  if (item->group != NULL && !item->is_first && item->group->title != NULL)
    place (self, ITEM_LINE, NULL, item->group->title,
           yeji_paper_line_get_height (item->group->title));
}

/* How much room there must be for an item to stand where it would. */
static double
get_need (YejiPaperFlow *self,
          guint          index)
{
  const Item *item = g_ptr_array_index (self->items, index);
  const Item *next = index + 1 < self->items->len ? g_ptr_array_index (self->items, index + 1)
                                                  : NULL;
  const double room = get_room (item);
  const gboolean leads = item->kind == ITEM_HEADING
                         || (item->line != NULL
                             && ((item->section != NULL && item->line == item->section->head)
                                 || (item->group != NULL && item->line == item->group->title)));

  if (item->is_first && item->group != NULL && item->group->height <= room)
    return item->group->height;
  if (leads && next != NULL && next->kind != ITEM_HEADING)
    return item->height + next->gap + get_need (self, index + 1);
  return item->height <= room ? item->height : LEAST_PART;
}

/* A line that is higher than a sheet: so much of it on each. */
static void
tear (YejiPaperFlow *self,
      const Item    *item)
{
  YejiPaperRange range = { { 0 }, { 0 } };
  gboolean is_last = FALSE;

  while (!is_last)
    {
      Placed *placed;
      double height;

      is_last = yeji_paper_line_cut (item->line, BOTTOM - self->y, &range, &height);
      placed = place (self, ITEM_LINE, item, item->line, height);
      placed->range = g_memdup2 (&range, sizeof range);
      if (!is_last)
        go_on (self, item);
    }
}

static void
make_pages (YejiPaperFlow *self)
{
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  add_page (self);
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *item = g_ptr_array_index (self->items, i);

      if (self->y > TOP && self->y + item->gap + get_need (self, i) > BOTTOM)
        go_on (self, item);
      else if (self->y > TOP)
        self->y += item->gap;
      if (item->kind == ITEM_LINE && self->y + item->height > BOTTOM)
        tear (self, item);
      else
        place (self, item->kind, item, item->line, item->height);
    }
}

/**
 * yeji_paper_flow_count_pages:
 *
 * Ends the adding.
 *
 * Returns: how many sheets there are
 */
guint
yeji_paper_flow_count_pages (YejiPaperFlow *self)
{
  if (self->pages == NULL)
    make_pages (self);
  return self->pages->len;
}

static void
draw_watermark (YejiPaperFlow *self,
                cairo_t       *cairo,
                const char    *word)
{
  PangoContext *context = yeji_paper_context_new ();
  PangoLayout *layout = yeji_paper_layout_new (context, YEJI_PAPER_FORM_TITLE, 0, word);
  double scale = WATERMARK_SIZE / yeji_paper_get_size (YEJI_PAPER_FORM_TITLE);
  int width, height;

  pango_layout_get_size (layout, &width, &height);
  scale = MIN (scale, 0.85 * YEJI_PAPER_HEIGHT * PANGO_SCALE / width);
  cairo_save (cairo);
  cairo_translate (cairo, YEJI_PAPER_WIDTH / 2, YEJI_PAPER_HEIGHT / 2);
  cairo_rotate (cairo, -G_PI / 4);
  cairo_scale (cairo, scale, scale);
  cairo_set_source_rgb (cairo, WATERMARK_GREY, WATERMARK_GREY, WATERMARK_GREY);
  cairo_move_to (cairo, -width / 2.0 / PANGO_SCALE, -height / 2.0 / PANGO_SCALE);
  yeji_paper_show_layout (cairo, layout);
  cairo_restore (cairo);
  g_object_unref (layout);
  g_object_unref (context);
}

static void
draw_heading (cairo_t       *cairo,
              const Section *section,
              double         y,
              gboolean       again)
{
  /* Translators: the heading of a part of a form, on a sheet where it goes on */
  g_autofree char *title = again ? g_strdup_printf (_("%s (continued)"), section->title)
                                 : g_strdup (section->title);

  yeji_paper_draw_text (cairo, YEJI_PAPER_SECTION, YEJI_PAPER_MARGIN, y, YEJI_PAPER_INNER, title);
}

/**
 * yeji_paper_flow_draw:
 * @page: from 0
 * @watermark: (nullable): a word across the sheet
 *
 * Draws a sheet.
 */
void
yeji_paper_flow_draw (YejiPaperFlow *self,
                      cairo_t       *cairo,
                      guint          page,
                      const char    *watermark)
{
  GArray *all;

  g_return_if_fail (page < yeji_paper_flow_count_pages (self));

  all = g_ptr_array_index (self->pages, page);
  for (guint i = 0; i < all->len; i++)
    {
      const Placed *placed = &g_array_index (all, Placed, i);

      if (placed->kind == ITEM_LINE)
        yeji_paper_line_draw_ground (placed->line, cairo, placed->y, placed->height);
    }
  if (watermark != NULL)
    draw_watermark (self, cairo, watermark);
  for (guint i = 0; i < all->len; i++)
    {
      const Placed *placed = &g_array_index (all, Placed, i);

      if (placed->kind == ITEM_LINE)
        yeji_paper_line_draw (placed->line, cairo, placed->y, placed->height, placed->range);
      else if (placed->kind == ITEM_HEADING)
        draw_heading (cairo, placed->item != NULL ? placed->item->section : placed->section,
                      placed->y, placed->item == NULL);
      else
        placed->item->picture (cairo, placed->y, placed->item->data);
    }
}

void
yeji_paper_flow_free (YejiPaperFlow *self)
{
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->sections);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->lines);
  yeji_paper_pen_free (self->pen);
  g_free (self);
}
