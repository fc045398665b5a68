// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-receipt-paper.h"

#include <sodium.h>
#include <string.h>

#include "yeji-paper-text.h"
#include "yeji-qr.h"
#include "yeji-test.h"

#define SUM "1a2b3c4d5e6f708192a3b4c5d6e7f80912a3b4c5d6e7f8091a2b3c4d5e6f7081"
#define SCALE 4

static YejiSignedReceipt *
make_receipt (guint n_files)
{
  static const guint8 seed[crypto_sign_SEEDBYTES] = { 7 };
  guint8 public[crypto_sign_PUBLICKEYBYTES];
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  YejiSignedReceipt *receipt;

  g_assert_cmpint (sodium_init (), >=, 0);
  crypto_sign_seed_keypair (public, secret, seed);
  g_string_append (text, "{\"version\": 1, \"uuid\": \"5f0c1d3e-4b6a-4c8e-9a2b-1d2e3f405162\","
                         " \"enterprise\": \"91220101MA0000000X\", \"revision\": \"r7\","
                         " \"submitted_at\": \"2026-03-30T20:12:45.120Z\","
                         " \"record_sha256\": \"" SUM "\", \"files\": [");
  for (guint i = 0; i < n_files; i++)
    g_string_append_printf (text, "%s{\"slot\": \"contract\", \"sha256\": \"%064x\","
                                  " \"filename\": \"施工合同第%u页.jpg\", \"size\": 20480,"
                                  " \"received_at\": \"2026-03-30T20:12:44.000Z\"}",
                            i > 0 ? "," : "", i + 1, i + 1);
  g_string_append (text, "], \"files_complete_at\": \"2026-03-30T20:12:45.120Z\"}");
  node = yeji_json_parse (text->str, -1, &error);
  g_assert_no_error (error);
  g_assert_true (yeji_receipt_sign (json_node_get_object (node), secret, &error));
  g_assert_no_error (error);
  receipt = yeji_signed_receipt_new_from_json (node, &error);
  g_assert_no_error (error);
  return receipt;
}

static const YejiReceiptFacts facts = {
  .enterprise = "示例建筑工程有限公司（虚构）",
  .project = "示例教学楼及体育馆工程（虚构）",
  .number = "2201041603300001",
  .state = "The signature is right.",
};

static YejiPaper *
make_paper (guint n_files)
{
  g_autoptr (GError) error = NULL;
  YejiPaper *paper = yeji_receipt_paper_new (make_receipt (n_files), &facts, &error);

  g_assert_no_error (error);
  return paper;
}

static gboolean
is_dark_at (cairo_surface_t *surface,
            double           x,
            double           y)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  const int stride = cairo_image_surface_get_stride (surface);

  return data[(int) y * stride + (int) x * 4] < 128;
}

/* Module by module, and light all around, whatever lay below. */
static void
test_code_is_drawn_as_it_is (void)
{
  g_autoptr (YejiQr) qr = yeji_qr_new ("yeji-receipt:1/业绩", NULL);
  const guint width = yeji_qr_get_width (qr);
  const int size = (int) (width + 8) * SCALE;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, size, size);
  cairo_t *cairo = cairo_create (surface);

  yeji_qr_draw (qr, cairo, 0, 0, size);
  cairo_surface_flush (surface);
  for (guint row = 0; row < width + 8; row++)
    for (guint column = 0; column < width + 8; column++)
      {
        gboolean inside = row >= 4 && row < width + 4 && column >= 4 && column < width + 4;
        gboolean dark = inside && yeji_qr_is_dark (qr, column - 4, row - 4);

        g_assert_cmpint (is_dark_at (surface, (column + 0.5) * SCALE, (row + 0.5) * SCALE), ==,
                         dark);
      }
  /* the finder in the corner, and the one dark module that every code has */
  g_assert_true (yeji_qr_is_dark (qr, 0, 0));
  g_assert_false (yeji_qr_is_dark (qr, 1, 1));
  g_assert_true (yeji_qr_is_dark (qr, 8, width - 8));
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
}

static void
test_code_has_a_limit (void)
{
  g_autofree char *text = g_strnfill (3000, 'a');
  g_autoptr (GError) error = NULL;

  g_assert_null (yeji_qr_new (text, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
}

static void
test_digits_stand_in_groups (void)
{
  static const struct
  {
    const char *digits;
    guint group;
    const char *wanted;
  } cases[] = {
    { "", 4, "" }, { "1234", 4, "1234" }, { "12345", 4, "1234 5" },
    { "12345678", 2, "12 34 56 78" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = yeji_paper_group_digits (cases[i].digits, cases[i].group);

      g_assert_cmpstr (text, ==, cases[i].wanted);
    }
}

/* The camera's way: the page as a picture, and the code out of it. */
static void
assert_scans (const char *dir,
              const char *pdf,
              const char *code)
{
  g_autofree char *stem = g_build_filename (dir, "page", NULL);
  g_autofree char *picture = g_strconcat (stem, ".png", NULL);
  g_autofree char *drawn = yeji_test_ask ("pdftoppm", "-r", "120", "-png", "-f", "1", "-l", "1",
                                          "-singlefile", pdf, stem, NULL);
  /* only QR codes: now and then it reads a bar code out of the lines of a text */
  g_autofree char *scanned = drawn != NULL ? yeji_test_ask ("zbarimg", "-q", "--raw", "-Sdisable",
                                                            "-Sqrcode.enable", picture, NULL)
                                           : NULL;

  if (scanned == NULL)
    return;
  g_strchomp (scanned);
  g_assert_cmpstr (scanned, ==, code);
}

static void
test_says_all (void)
{
  static const char * const words[] = {
    "示例教学楼及体育馆工程（虚构）", "2201041603300001", "示例建筑工程有限公司（虚构）", "91220101MA0000000X",
    "2026-03-31 04:12:45", "r7", "5f0c1d3e-4b6a-4c8e-9a2b-1d2e3f405162",
    "1a2b 3c4d 5e6f 7081 92a3 b4c5 d6e7 f809", "12a3 b4c5 d6e7 f809 1a2b 3c4d 5e6f 7081",
    "施工合同第3页.jpg", "0000 0000 0000 0000", "The signature is right.",
  };
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "回执.pdf", NULL);
  g_autoptr (YejiPaper) paper = make_paper (3);
  g_autoptr (YejiSignedReceipt) receipt = make_receipt (3);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *content = NULL;

  g_assert_cmpuint (yeji_paper_count_pages (paper), ==, 1);
  g_assert_true (yeji_paper_write_pdf (paper, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
  text = yeji_test_ask ("pdftotext", "-layout", path, "-", NULL);
  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (words); i++)
    if (strstr (text, words[i]) == NULL)
      g_test_fail_printf ("“%s” is not on the page:\n%s", words[i], text);
  assert_scans (dir, path, receipt->code);
  yeji_test_dir_remove (dir);
}

/* However many there are, each stands on a page once. */
static void
test_goes_on_another_page (void)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "many.pdf", NULL);
  g_autoptr (YejiPaper) paper = make_paper (200);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (yeji_paper_count_pages (paper), >, 4);
  g_assert_cmpuint (yeji_paper_count_pages (paper), <, 12);
  g_assert_true (yeji_paper_write_pdf (paper, path, &error));
  g_assert_no_error (error);
  text = yeji_test_ask ("pdftotext", "-layout", path, "-", NULL);
  for (guint i = 1; text != NULL && i <= 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("第%u页.jpg", i);
      const char *found = strstr (text, name);

      g_assert_nonnull (found);
      g_assert_null (strstr (found + 1, name));
    }
  yeji_test_dir_remove (dir);
}

/* A code alone knows no documents; names come from outside. */
static void
test_is_made_of_little (void)
{
  static const YejiReceiptFacts nothing = { NULL };
  g_autoptr (YejiSignedReceipt) whole = make_receipt (2);
  YejiSignedReceipt *code = yeji_signed_receipt_new_from_code (whole->code, NULL);
  g_autoptr (YejiPaper) paper = yeji_receipt_paper_new (code, &nothing, NULL);
  g_autofree char *name = NULL;
  YejiReceiptFacts hostile = { .project = "../../etc/a|b:c*?\"<>\n业绩" };

  g_assert_cmpuint (yeji_paper_count_pages (paper), ==, 1);
  name = yeji_receipt_paper_get_name (&hostile, whole);
  g_assert_null (strpbrk (name, "/\\:*?\"<>|\n"));
  g_assert_nonnull (strstr (name, "业绩"));
  g_assert_nonnull (strstr (name, "2026-03-31"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/qr/is-drawn-as-it-is", test_code_is_drawn_as_it_is);
  g_test_add_func ("/paper/qr/has-a-limit", test_code_has_a_limit);
  g_test_add_func ("/paper/text/digits-stand-in-groups", test_digits_stand_in_groups);
  g_test_add_func ("/paper/receipt/says-all-and-can-be-scanned", test_says_all);
  g_test_add_func ("/paper/receipt/goes-on-another-page", test_goes_on_another_page);
  g_test_add_func ("/paper/receipt/is-made-of-little", test_is_made_of_little);
  return g_test_run ();
}
