// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-paper"

#include "config.h"

#include "yeji-receipt-paper.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "yeji-paper-text.h"
#include "yeji-qr.h"

/* Points. */
#define MARGIN 51.0
#define INNER (YEJI_PAPER_WIDTH - 2 * MARGIN)
#define BOTTOM (YEJI_PAPER_HEIGHT - MARGIN)
#define FOOT 30.0
/* 50 mm: a module of a receipt's code is half a millimetre wide. */
#define QR_SIZE 142.0
#define LABEL_WIDTH 70.0
#define LINE_GAP 5.0
#define CELL_PAD 3.5

/* The columns of the documents. */
static const struct
{
  double x, width;
  const char *head;
} columns[] = {
  { 0, 22, N_("No.") },
  { 24, 96, N_("Kind of document") },
  { 124, 146, N_("File") },
  { 274, 50, N_("Size") },
  { 328, 64, N_("Arrived") },
  { 396, 97, N_("SHA-256, beginning") },
};

enum
{
  COLUMN_NUMBER,
  COLUMN_SLOT,
  COLUMN_FILE,
  COLUMN_SIZE,
  COLUMN_ARRIVED,
  COLUMN_SUM,
};

typedef struct
{
  YejiPaper parent;
  YejiSignedReceipt *receipt;
  YejiDictionary *dictionary;
  char *enterprise;
  char *project;
  char *number;
  char *state;
  YejiQr *qr;
  GArray *firsts;              /* (element-type guint): the first document of each page */
} YejiReceiptPaper;

static double
draw_fact (cairo_t        *cairo,
           const char     *label,
           YejiPaperStyle  style,
           const char     *value,
           double          y)
{
  const double width = INNER - QR_SIZE - LABEL_WIDTH - 14;
  double height;

  yeji_paper_draw_text (cairo, YEJI_PAPER_LABEL, MARGIN, y + 1.5, LABEL_WIDTH, label);
  height = yeji_paper_draw_text (cairo, style, MARGIN + LABEL_WIDTH, y, width, value);
  return y + height + LINE_GAP;
}

static char *
describe_documents (const YejiReceiptPaper *self)
{
  const YejiSignedReceipt *receipt = self->receipt;
  const guint n = receipt->files != NULL ? receipt->files->len : 0;
  g_autofree char *complete = NULL;

  if (receipt->files == NULL)
    return g_strdup (_("known here by their sum alone"));
  if (n == 0)
    return g_strdup (_("none"));
  if (receipt->files_complete_at == NULL)
    return g_strdup_printf (ngettext ("%u, not here yet when this was signed",
                                      "%u, not all there yet when this was signed", n), n);
  complete = yeji_paper_print_moment (receipt->files_complete_at, "%Y-%m-%d %H:%M:%S");
  return g_strdup_printf (ngettext ("%u, there %s", "%u, all there %s", n), n, complete);
}

static double
draw_facts (YejiReceiptPaper *self,
            cairo_t          *cairo,
            double            y)
{
  const YejiSignedReceipt *receipt = self->receipt;
  g_autofree char *moment = yeji_paper_print_moment (receipt->submitted_at, "%Y-%m-%d %H:%M:%S");
  g_autofree char *submitted = g_strdup_printf (_("%s (China's time)"), moment);
  g_autofree char *documents = describe_documents (self);
  g_autofree char *key = yeji_paper_group_digits (receipt->key, 4);

  if (self->project != NULL)
    y = draw_fact (cairo, _("Project"), YEJI_PAPER_STRONG, self->project, y);
  if (self->number != NULL)
    y = draw_fact (cairo, _("Project number"), YEJI_PAPER_CODE, self->number, y);
  if (self->enterprise != NULL)
    y = draw_fact (cairo, _("Enterprise"), YEJI_PAPER_BODY, self->enterprise, y);
  y = draw_fact (cairo, _("Credit code"), YEJI_PAPER_CODE, receipt->enterprise, y);
  y = draw_fact (cairo, _("Submitted at"), YEJI_PAPER_STRONG, submitted, y);
  y = draw_fact (cairo, _("Revision"), YEJI_PAPER_CODE, receipt->revision, y);
  y = draw_fact (cairo, _("Documents"), YEJI_PAPER_BODY, documents, y);
  y = draw_fact (cairo, _("Signed with"), YEJI_PAPER_CODE, key, y);
  return draw_fact (cairo, _("Record"), YEJI_PAPER_SMALL_CODE, receipt->uuid, y);
}

/* The sum in groups of four, half of it a line. */
static double
draw_sum (cairo_t    *cairo,
          const char *label,
          const char *sum,
          double      y)
{
  g_autofree char *first = g_strndup (sum, strlen (sum) / 2);
  const char *halves[] = { first, sum + strlen (sum) / 2 };

  y += yeji_paper_draw_text (cairo, YEJI_PAPER_LABEL, MARGIN, y, INNER, label) + 2;
  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      g_autofree char *text = yeji_paper_group_digits (halves[i], 4);

      y += yeji_paper_draw_text (cairo, YEJI_PAPER_CODE, MARGIN, y, INNER, text);
    }
  return y + LINE_GAP + 2;
}

static double
draw_head (YejiReceiptPaper *self,
           cairo_t          *cairo)
{
  double y = MARGIN, low;

  yeji_qr_draw (self->qr, cairo, MARGIN + INNER - QR_SIZE + 6, MARGIN - 6, QR_SIZE);
  y += yeji_paper_draw_text (cairo, YEJI_PAPER_TITLE, MARGIN, y, INNER - QR_SIZE,
                             _("Receipt of a submission")) + 10;
  y = draw_facts (self, cairo, y);
  low = MARGIN + QR_SIZE + 4;
  y = MAX (y, low) + 4;
  yeji_paper_draw_line (cairo, MARGIN, y, INNER, 0.7);
  y += 8;
  y = draw_sum (cairo, _("SHA-256 of the record as it was sent (canonical JSON, RFC 8785)"),
                self->receipt->record_sha256, y);
  y = draw_sum (cairo, _("SHA-256 of the list of documents"), self->receipt->files_sha256, y);
  if (self->state != NULL)
    y += yeji_paper_draw_text (cairo, YEJI_PAPER_BODY, MARGIN, y, INNER, self->state) + 8;
  return y;
}

static const char *
get_slot_name (YejiReceiptPaper      *self,
               const YejiReceiptFile *file)
{
  const YejiSlot *slot = self->dictionary != NULL
                           ? yeji_dictionary_find_slot (self->dictionary, file->slot) : NULL;
  const char *name = slot != NULL ? yeji_text_get (&slot->label, yeji_language_get_current ())
                                  : NULL;

  return name != NULL ? name : file->slot;
}

/* The texts of one document's row, one a column. */
static void
fill_row (YejiReceiptPaper *self,
          guint             index,
          char             *cells[G_N_ELEMENTS (columns)])
{
  const YejiReceiptFile *file = g_ptr_array_index (self->receipt->files, index);
  g_autofree char *start = g_strndup (file->sha256, 16);

  cells[COLUMN_NUMBER] = g_strdup_printf ("%u", index + 1);
  cells[COLUMN_SLOT] = g_strdup (get_slot_name (self, file));
  cells[COLUMN_FILE] = g_utf8_make_valid (file->filename, -1);
  cells[COLUMN_SIZE] = file->size >= 0 ? g_format_size ((guint64) file->size) : g_strdup ("–");
  cells[COLUMN_ARRIVED] = file->received_at != NULL
                            ? yeji_paper_print_moment (file->received_at, "%m-%d %H:%M:%S")
                            : g_strdup (_("not yet"));
  cells[COLUMN_SUM] = yeji_paper_group_digits (start, 4);
}

/* Draws a row, or measures it when @drawn is FALSE; returns its height. */
static double
put_row (YejiReceiptPaper *self,
         cairo_t          *cairo,
         guint             index,
         double            y,
         gboolean          drawn)
{
  char *cells[G_N_ELEMENTS (columns)];
  double height = 0;

  fill_row (self, index, cells);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      YejiPaperStyle style = i == COLUMN_SLOT || i == COLUMN_FILE || i == COLUMN_SIZE
                               ? YEJI_PAPER_SMALL : YEJI_PAPER_SMALL_CODE;
      double own = drawn ? yeji_paper_draw_text (cairo, style, MARGIN + columns[i].x, y + CELL_PAD,
                                                 columns[i].width, cells[i])
                         : yeji_paper_measure_text (cairo, style, columns[i].width, cells[i]);

      height = MAX (height, own);
      g_free (cells[i]);
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
draw_foot (YejiReceiptPaper *self,
           cairo_t          *cairo,
           guint             page)
{
  g_autofree char *number = g_strdup_printf (_("Page %u of %u"), page + 1, self->firsts->len);
  const double y = BOTTOM - FOOT;

  yeji_paper_draw_line (cairo, MARGIN, y, INNER, 0.7);
  yeji_paper_draw_text (cairo, YEJI_PAPER_LABEL, MARGIN, y + 5, INNER - 90,
                        _("The QR code carries this receipt with its signature (Ed25519). Anybody "
                          "can prove it without a network: yeji receipt --verify, with the text of "
                          "the code and the province's public key."));
  yeji_paper_draw_text_end (cairo, YEJI_PAPER_LABEL, MARGIN + INNER, y + 5, number);
}

static guint
count_files (const YejiReceiptPaper *self)
{
  return self->receipt->files != NULL ? self->receipt->files->len : 0;
}

/* Draws a page with the documents before @end, or finds out where it ends when @drawn is FALSE;
 * returns the first document of the next one. */
static guint
put_page (YejiReceiptPaper *self,
          cairo_t          *cairo,
          guint             first,
          guint             end,
          gboolean          is_first,
          gboolean          drawn)
{
  double y;

  if (!drawn)
    cairo_push_group (cairo);
  y = is_first ? draw_head (self, cairo)
               : MARGIN + yeji_paper_draw_text (cairo, YEJI_PAPER_SMALL_CODE, MARGIN, MARGIN, INNER,
                                                self->receipt->uuid) + 8;
  if (count_files (self) > 0)
    y = draw_table_head (cairo, y);
  while (first < end)
    {
      double height = put_row (self, cairo, first, y, drawn);

      if (!drawn && y + height > BOTTOM - FOOT - 6 && y > MARGIN + 60)
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
lay_out (YejiReceiptPaper *self)
{
  cairo_rectangle_t area = { 0, 0, YEJI_PAPER_WIDTH, YEJI_PAPER_HEIGHT };
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &area);
  cairo_t *cairo = cairo_create (surface);
  guint first = 0;

  do
    {
      g_array_append_val (self->firsts, first);
      first = put_page (self, cairo, first, count_files (self), self->firsts->len == 1, FALSE);
    }
  while (first < count_files (self));
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
}

static guint
count_pages (YejiPaper *paper)
{
  return ((YejiReceiptPaper *) paper)->firsts->len;
}

static void
draw (YejiPaper *paper,
      cairo_t   *cairo,
      guint      page)
{
  YejiReceiptPaper *self = (YejiReceiptPaper *) paper;
  guint end = count_files (self);

  if (page + 1 < self->firsts->len)
    end = g_array_index (self->firsts, guint, page + 1);
  put_page (self, cairo, g_array_index (self->firsts, guint, page), end, page == 0, TRUE);
  draw_foot (self, cairo, page);
}

static void
free_receipt (YejiPaper *paper)
{
  YejiReceiptPaper *self = (YejiReceiptPaper *) paper;

  g_clear_pointer (&self->receipt, yeji_signed_receipt_free);
  g_clear_object (&self->dictionary);
  g_free (self->enterprise);
  g_free (self->project);
  g_free (self->number);
  g_free (self->state);
  g_clear_pointer (&self->qr, yeji_qr_free);
  g_clear_pointer (&self->firsts, g_array_unref);
  g_free (self);
}

static const YejiPaperClass klass = { NULL, count_pages, draw, free_receipt };

/**
 * yeji_receipt_paper_get_name:
 *
 * Returns: (transfer full): a name for a file of it, without an ending
 */
char *
yeji_receipt_paper_get_name (const YejiReceiptFacts  *facts,
                             const YejiSignedReceipt *receipt)
{
  g_autofree char *day = yeji_paper_print_moment (receipt->submitted_at, "%Y-%m-%d");
  g_autofree char *name = NULL;

  /* of names of the standard none needs more, and a file name has its limits */
  name = g_utf8_substring (facts->project != NULL ? facts->project : receipt->uuid, 0,
                           MIN (40, g_utf8_strlen (facts->project != NULL ? facts->project
                                                                          : receipt->uuid, -1)));
  g_strdelimit (name, "/\\:*?\"<>|\n\t", '_');
  return g_strdup_printf (_("Receipt %s %s"), name, day);
}

/**
 * yeji_receipt_paper_new:
 * @receipt: (transfer full): a receipt, or what a code says
 *
 * Lays a receipt out on sheets of A4: what it says, its sums, the QR code, its documents.
 *
 * Returns: (transfer full) (nullable): the sheets
 */
YejiPaper *
yeji_receipt_paper_new (YejiSignedReceipt       *receipt,
                        const YejiReceiptFacts  *facts,
                        GError                 **error)
{
  YejiReceiptPaper *self = g_new0 (YejiReceiptPaper, 1);
  g_autoptr (YejiPaper) paper = (YejiPaper *) self;

  self->parent.klass = &klass;
  self->parent.title = yeji_receipt_paper_get_name (facts, receipt);
  self->parent.subject = g_strdup (receipt->uuid);
  self->receipt = receipt;
  self->firsts = g_array_new (FALSE, FALSE, sizeof (guint));
  self->qr = yeji_qr_new (receipt->code, error);
  if (self->qr == NULL)
    return NULL;
  if (facts->dictionary != NULL)
    self->dictionary = g_object_ref (facts->dictionary);
  self->enterprise = g_strdup (facts->enterprise);
  self->project = g_strdup (facts->project);
  self->number = g_strdup (facts->number);
  self->state = g_strdup (facts->state);
  lay_out (self);
  return g_steal_pointer (&paper);
}
