// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The real process with documents, sound ones and hostile ones. */

#include "config.h"

#include "yeji-examiner.h"

#include <stdio.h>
#include <string.h>

#ifdef G_OS_UNIX
#include <sys/stat.h>
#endif

#include <glib/gstdio.h>

#include "scan-files.h"
#include "yeji-test.h"

typedef struct
{
  char *dir;
  YejiExaminer *examiner;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const YejiLimits limits = { .scan_dpi = 150, .scan_ink = 0.0002, .scan_pages = 50 };

  fixture->dir = yeji_test_dir_new ();
  fixture->examiner = yeji_examiner_new ();
  yeji_examiner_set_limits (fixture->examiner, &limits);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  yeji_examiner_close (fixture->examiner);
  g_assert_finalize_object (fixture->examiner);
  yeji_test_dir_remove (fixture->dir);
  g_free (fixture->dir);
}

static char *
name_path (Fixture    *fixture,
           const char *name)
{
  return g_build_filename (fixture->dir, name, NULL);
}

static void
write_text (const char *path,
            const char *text)
{
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
write_bytes (const char *path,
             const char *bytes,
             gsize       length)
{
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
}

/* Ways to make a file; all are named in the table below. */
static void
make_jpeg (const char *path)
{
  scan_write_image (path, "jpeg", 1240, 1754, "合同");
}

static void
make_png (const char *path)
{
  scan_write_image (path, "png", 620, 877, "合同");
}

static void
make_tiff (const char *path)
{
  scan_write_image (path, "tiff", 620, 877, "合同");
}

static void
make_pdf (const char *path)
{
  scan_write_pdf (path, 3, "合同");
}

static void
make_cut_jpeg (const char *path)
{
  make_jpeg (path);
  scan_truncate (path);
}

static void
make_cut_png (const char *path)
{
  make_png (path);
  scan_truncate (path);
}

static void
make_cut_tiff (const char *path)
{
  make_tiff (path);
  scan_truncate (path);
}

/* Its pages are before its table of them, which is gone. */
static void
make_cut_pdf (const char *path)
{
  write_text (path, "%PDF-1.7\n1 0 obj\n<</Type/Cata");
}

static void
make_huge_jpeg (const char *path)
{
  make_jpeg (path);
  scan_patch_jpeg (path, 0xc0, 65000, 65000);
}

static void
make_slow_jpeg (const char *path)
{
  make_jpeg (path);
  scan_patch_jpeg (path, 0xc2, 20000, 20000);
}

static void
make_bomb (const char *path)
{
  scan_write_png_of_size (path, 50000, 50000);
}

static void
make_wide_bomb (const char *path)
{
  scan_write_png_of_size (path, 900000, 1);
}

/* The pages' node is its own child. */
static void
make_looping_pdf (const char *path)
{
  write_text (path, "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
                    "2 0 obj\n<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100000/Parent 2 0 R>>\nendobj\n"
                    "trailer\n<</Root 1 0 R/Size 3/Prev 9>>\n%%EOF\n");
}

/* A drawing that draws itself. */
static void
make_recursive_pdf (const char *path)
{
  write_text (path, "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
                    "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
                    "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
                    "/Resources<</XObject<</F 5 0 R>>>>>>\nendobj\n"
                    "4 0 obj\n<</Length 5>>stream\n/F Do\nendstream\nendobj\n"
                    "5 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Length 11"
                    "/Resources<</XObject<</F 5 0 R>>>>>>stream\n/F Do /F Do\nendstream\nendobj\n"
                    "trailer\n<</Root 1 0 R/Size 6>>\n%%EOF\n");
}

static void
make_badly_locked_pdf (const char *path)
{
  scan_write_pdf_text (path, "0 0 595 842", "/Encrypt 4 0 R");
}

#define KEY_SIZE 5
#define PASSWORD_SIZE 32

/* The cipher of the oldest encryption of PDF. */
static void
apply_rc4 (const guint8 *key,
           guint8       *data)
{
  guint8 state[256];
  guint8 j = 0;

  for (guint i = 0; i < 256; i++)
    state[i] = (guint8) i;
  for (guint i = 0; i < 256; i++)
    {
      guint8 kept = state[i];

      j = (guint8) (j + state[i] + key[i % KEY_SIZE]);
      state[i] = state[j];
      state[j] = kept;
    }
  j = 0;
  for (guint i = 1; i <= PASSWORD_SIZE; i++)
    {
      guint8 kept = state[i];

      j = (guint8) (j + kept);
      state[i] = state[j];
      state[j] = kept;
      data[i - 1] ^= state[(guint8) (state[i] + state[j])];
    }
}

static void
digest (const guint8 *password,
        const guint8 *rest,
        gsize         rest_length,
        guint8       *sum)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  gsize length = 16;

  g_checksum_update (checksum, password, PASSWORD_SIZE);
  g_checksum_update (checksum, rest, (gssize) rest_length);
  g_checksum_get_digest (checksum, sum, &length);
}

/* Encrypted by algorithms 3.2 to 3.4 of PDF 1.4 (40 bits), its owner's password being "owner". */
static void
write_encrypted_pdf (const char *path,
                     const char *password)
{
  static const guint8 padding[PASSWORD_SIZE] =
    "\x28\xbf\x4e\x5e\x4e\x75\x8a\x41\x64\x00\x4e\x56\xff\xfa\x01\x08"
    "\x2e\x2e\x00\xb6\xd0\x68\x3e\x80\x2f\x0c\xa9\xfe\x64\x53\x69\x7a";
  guint8 rest[PASSWORD_SIZE + 5] = { 0 };
  guint8 user[PASSWORD_SIZE], owner[PASSWORD_SIZE], check[PASSWORD_SIZE];
  guint8 sum[16];
  g_autoptr (GString) text = g_string_new (NULL);

  memcpy (user, password, strlen (password));
  memcpy (user + strlen (password), padding, PASSWORD_SIZE - strlen (password));
  memcpy (owner, "owner", 5);
  memcpy (owner + 5, padding, PASSWORD_SIZE - 5);
  digest (owner, NULL, 0, sum);
  memcpy (owner, user, PASSWORD_SIZE);
  apply_rc4 (sum, owner);
  memcpy (rest, owner, PASSWORD_SIZE);
  memcpy (rest + PASSWORD_SIZE, "\xfc\xff\xff\xff\0", 5);   /* -4, and the document's id */
  digest (user, rest, sizeof rest, sum);
  memcpy (check, padding, PASSWORD_SIZE);
  apply_rc4 (sum, check);
  g_string_append (text, "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
                         "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
                         "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n"
                         "4 0 obj\n<</Filter/Standard/V 1/R 2/P -4/O<");
  for (guint i = 0; i < PASSWORD_SIZE; i++)
    g_string_append_printf (text, "%02x", owner[i]);
  g_string_append (text, ">/U<");
  for (guint i = 0; i < PASSWORD_SIZE; i++)
    g_string_append_printf (text, "%02x", check[i]);
  g_string_append (text, ">>>\nendobj\n"
                         "trailer\n<</Root 1 0 R/Size 5/ID[<00><00>]/Encrypt 4 0 R>>\n%%EOF\n");
  write_text (path, text->str);
}

static void
make_locked_pdf (const char *path)
{
  write_encrypted_pdf (path, "secret");
}

/* Anybody may read it, and nobody change it. */
static void
make_guarded_pdf (const char *path)
{
  write_encrypted_pdf (path, "");
}

static void
make_empty_page (const char *path)
{
  scan_write_pdf_text (path, "0 0 595 842", "");
}

static void
make_boundless_page (const char *path)
{
  scan_write_pdf_text (path, "0 0 99999999 99999999", "");
}

static void
make_nothing (const char *path)
{
  write_text (path, "");
}

static void
make_folder (const char *path)
{
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

#ifdef G_OS_UNIX
static void
make_pipe (const char *path)
{
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
}
#endif

static void
make_no_file (const char *path)
{
}

/* A JPEG for who looks at the first bytes, a PDF for who looks a little further. */
static void
make_polyglot (const char *path)
{
  static const char comment[] = "\xff\xd8\xff\xfe\x00\x0a%PDF-1.4";
  g_autofree char *content = NULL;
  g_autofree char *pdf = NULL;
  g_autoptr (GByteArray) both = g_byte_array_new ();
  gsize length, pdf_length;

  scan_write_pdf_text (path, "0 0 595 842", "");
  g_assert_true (g_file_get_contents (path, &pdf, &pdf_length, NULL));
  make_jpeg (path);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_byte_array_append (both, (const guint8 *) comment, sizeof comment - 1);
  g_byte_array_append (both, (const guint8 *) content + 2, (guint) length - 2);
  g_byte_array_append (both, (const guint8 *) pdf, (guint) pdf_length);
  write_bytes (path, (const char *) both->data, both->len);
}

static void
make_word (const char *path)
{
  static const char zip[] = "PK\3\4\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x11\0\0\0"
                            "word/document.xml";

  write_bytes (path, zip, sizeof zip - 1);
}

static void
make_old_word (const char *path)
{
  static const char ole[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0"
                            "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0";

  write_bytes (path, ole, sizeof ole - 1);
}

static void
make_heic (const char *path)
{
  write_bytes (path, "\0\0\0\x18" "ftypheic\0\0\0\0mif1heic", 24);
}

static void
make_web_page (const char *path)
{
  write_text (path, "<!DOCTYPE html><title>Sign in</title>");
}

static void
make_noise (const char *path)
{
  write_bytes (path, "\1\2\3\4\5\6\7\0\xfe\xfd", 10);
}

#define OK (-1)
#define WORD "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

static const struct
{
  const char *name;
  void (*make) (const char *path);
  int code;
  const char *media_type;
  guint n_pages;
} specials[] = {
  { "contract.jpg", make_jpeg, OK, "image/jpeg", 1 },
  { "a.png", make_png, OK, "image/png", 1 },
  { "a.tif", make_tiff, OK, "image/tiff", 1 },
  { "picture.jpg", make_pdf, OK, "application/pdf", 3 },
  { "empty page.pdf", make_empty_page, OK, "application/pdf", 1 },
  { "cut.jpg", make_cut_jpeg, YEJI_EXAMINER_ERROR_UNREADABLE, "image/jpeg" },
  { "cut.png", make_cut_png, YEJI_EXAMINER_ERROR_UNREADABLE, "image/png" },
  { "cut.tif", make_cut_tiff, YEJI_EXAMINER_ERROR_UNREADABLE, "image/tiff" },
  { "cut.pdf", make_cut_pdf, YEJI_EXAMINER_ERROR_UNREADABLE, "application/pdf" },
  { "huge.jpg", make_huge_jpeg, YEJI_EXAMINER_ERROR_TOO_LARGE, "image/jpeg" },
  { "slow.jpg", make_slow_jpeg, YEJI_EXAMINER_ERROR_TOO_LARGE, "image/jpeg" },
  { "bomb.png", make_bomb, YEJI_EXAMINER_ERROR_TOO_LARGE, "image/png" },
  { "wide.png", make_wide_bomb, YEJI_EXAMINER_ERROR_TOO_LARGE, "image/png" },
  { "loop.pdf", make_looping_pdf, YEJI_EXAMINER_ERROR_UNREADABLE, "application/pdf" },
  { "recursive.pdf", make_recursive_pdf, OK, "application/pdf", 1 },
  { "locked.pdf", make_locked_pdf, YEJI_EXAMINER_ERROR_LOCKED, "application/pdf" },
  { "badly locked.pdf", make_badly_locked_pdf, YEJI_EXAMINER_ERROR_LOCKED, "application/pdf" },
  { "guarded.pdf", make_guarded_pdf, OK, "application/pdf", 1 },
  { "boundless.pdf", make_boundless_page, YEJI_EXAMINER_ERROR_TOO_LARGE, "application/pdf" },
  { "nothing.pdf", make_nothing, YEJI_EXAMINER_ERROR_UNREADABLE, NULL },
  { "folder.pdf", make_folder, YEJI_EXAMINER_ERROR_UNREADABLE, NULL },
#ifdef G_OS_UNIX   /* Windows has neither pipes nor such names in folders */
  { "pipe.pdf", make_pipe, YEJI_EXAMINER_ERROR_UNREADABLE, NULL },
  { "施工许可证 (1)\n\"2\".jpg", make_jpeg, OK, "image/jpeg", 1 },
  { "\xca\xa9\xb9\xa4.jpg", make_jpeg, OK, "image/jpeg", 1 },
#endif
  { "gone.pdf", make_no_file, YEJI_EXAMINER_ERROR_UNREADABLE, NULL },
  { "both.jpg", make_polyglot, YEJI_EXAMINER_ERROR_UNREADABLE, "image/jpeg" },
  { "word.pdf", make_word, YEJI_EXAMINER_ERROR_FOREIGN, WORD },
  { "old.doc", make_old_word, YEJI_EXAMINER_ERROR_FOREIGN, "application/msword" },
  { "phone.jpg", make_heic, YEJI_EXAMINER_ERROR_FOREIGN, "image/heic" },
  { "portal.pdf", make_web_page, YEJI_EXAMINER_ERROR_FOREIGN, "text/html" },
  { "noise.pdf", make_noise, YEJI_EXAMINER_ERROR_FOREIGN, NULL },
  { "施工许可证 (1).jpg", make_jpeg, OK, "image/jpeg", 1 },
};

/* Whatever a file is, it is told in the same process, which goes on. */
static void
test_tells_files_apart (Fixture       *fixture,
                        gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (specials); i++)
    {
      g_autofree char *path = name_path (fixture, specials[i].name);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;
      g_autofree char *shown = g_strescape (specials[i].name, NULL);
      g_autoptr (YejiFindings) findings = NULL;
      YejiExaminerError code;

#ifndef YEJI_HAVE_POPPLER
      if (g_strcmp0 (specials[i].media_type, "application/pdf") == 0)
        continue;
#endif
      specials[i].make (path);
      findings = yeji_examiner_look (fixture->examiner, file, NULL, &error);
      g_assert_no_error (error);
      g_test_message ("%s: %s", shown,
                      findings->failure != NULL ? findings->failure : "sound");
      g_assert_cmpstr (findings->media_type, ==, specials[i].media_type);
      g_assert_cmpuint (findings->n_pages, ==, specials[i].n_pages);
      if (specials[i].code == OK)
        g_assert_null (findings->failure);
      else
        {
          g_assert_true (yeji_examiner_error_from_word (findings->failure, &code));
          g_assert_cmpint ((int) code, ==, specials[i].code);
        }
      if (specials[i].media_type != NULL)
        {
          g_autofree char *content = NULL;
          g_autofree char *sha256 = NULL;
          gsize length;

          g_assert_true (g_file_get_contents (path, &content, &length, NULL));
          sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *) content, length);
          g_assert_cmpstr (findings->sha256, ==, sha256);
          g_assert_cmpint (findings->size, ==, (gint64) length);
        }
    }
}

/* A page without a stroke, one with a number, and an old sheet that has gone grey. */
static void
test_finds_empty_pages (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *path = name_path (fixture, "a.pdf");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 595, 842);
  cairo_t *cairo = cairo_create (surface);
  g_autoptr (YejiFindings) findings = NULL;
  g_autoptr (GError) error = NULL;
  static const struct
  {
    double paper;
    double ink;
    double size;               /* points, a square */
  } pages[] = {
    { 1, 0, 200 }, { 1, 0, 0 }, { 0.8, 0.2, 30 }, { 0.8, 0.75, 300 }, { 0, 0, 0 }, { 1, 0.3, 10 },
    { 1, 0, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      cairo_set_source_rgb (cairo, pages[i].paper, pages[i].paper, pages[i].paper);
      cairo_paint (cairo);
      cairo_set_source_rgb (cairo, pages[i].ink, pages[i].ink, pages[i].ink);
      cairo_rectangle (cairo, 250, 300, pages[i].size, pages[i].size);
      cairo_fill (cairo);
      /* the scanner's edge */
      cairo_set_source_rgb (cairo, 0, 0, 0);
      cairo_rectangle (cairo, 0, 0, 8, 842);
      cairo_fill (cairo);
      cairo_show_page (cairo);
    }
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  findings = yeji_examiner_examine (fixture->examiner, file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->n_looked, ==, G_N_ELEMENTS (pages));
  g_assert_cmpuint (findings->blank->len, ==, 4);
  g_assert_cmpuint (g_array_index (findings->blank, guint, 0), ==, 2);
  g_assert_cmpuint (g_array_index (findings->blank, guint, 1), ==, 4);
  g_assert_cmpuint (g_array_index (findings->blank, guint, 2), ==, 5);
  g_assert_cmpuint (g_array_index (findings->blank, guint, 3), ==, 7);
}

/* A JPEG that says of itself what a camera or a scanner does. */
static void
write_noted_jpeg (const char *path,
                  int         width,
                  int         height,
                  guint       orientation,
                  guint       dpi)
{
  guint8 exif[] = "\xff\xe1\0\x4a" "Exif\0\0" "MM\0*\0\0\0\x08" "\0\x03"
                  "\x01\x12\0\x03\0\0\0\x01\0\0\0\0"
                  "\x01\x1a\0\x05\0\0\0\x01\0\0\0\x32"
                  "\x01\x28\0\x03\0\0\0\x01\0\x02\0\0"
                  "\0\0\0\0" "\0\0\0\0\0\0\0\x01" "\0\0\0\0\0\0\0\0";
  g_autofree char *content = NULL;
  g_autoptr (GByteArray) all = g_byte_array_new ();
  gsize length;

  scan_write_image (path, "jpeg", width, height, "合同");
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  exif[29] = (guint8) orientation;
  exif[60] = 0;
  exif[62] = (guint8) (dpi >> 8);
  exif[63] = (guint8) dpi;
  g_byte_array_append (all, (const guint8 *) content, 2);
  g_byte_array_append (all, exif, 0x4a + 2);
  g_byte_array_append (all, (const guint8 *) content + 2, (guint) length - 2);
  write_bytes (path, (const char *) all->data, all->len);
}

static void
test_reads_notes (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct
  {
    guint orientation;
    guint dpi;
    int rotation;
    guint found_dpi;
    gboolean coarse;
  } cases[] = {
    { 1, 300, 0, 300, FALSE }, { 2, 150, 0, 150, FALSE }, { 3, 149, 180, 149, TRUE },
    { 6, 200, 90, 200, FALSE }, { 8, 0, 270, 0, TRUE }, { 9, 72, 0, 72, TRUE },
  };
  const YejiLimits limits = { .scan_dpi = 150 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = name_path (fixture, "noted.jpg");
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (YejiFindings) findings = NULL;
      g_autoptr (GArray) problems = NULL;
      g_autoptr (GError) error = NULL;
      gboolean lies = cases[i].rotation % 180 != 0;

      write_noted_jpeg (path, 600, 400, cases[i].orientation, cases[i].dpi);
      findings = yeji_examiner_examine (fixture->examiner, file, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (findings->rotation, ==, cases[i].rotation);
      g_assert_cmpuint (findings->dpi, ==, cases[i].found_dpi);
      g_assert_cmpfloat (findings->width, ==, lies ? 400 : 600);
      g_assert_cmpfloat (findings->height, ==, lies ? 600 : 400);
      problems = yeji_findings_list_problems (findings, &limits);
      g_assert_cmpuint (problems->len, ==, cases[i].coarse);
    }
}

static YejiFindings *
examine (Fixture *fixture,
         GFile   *file)
{
  g_autoptr (GError) error = NULL;
  YejiFindings *findings = yeji_examiner_examine (fixture->examiner, file, NULL, &error);

  g_assert_no_error (error);
  return findings;
}

/* The original stays as it is, and what is made says so itself. */
static void
test_shrinks (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct
  {
    const char *name;
    gboolean pdf;
    gint64 limit;
    gboolean fits;
  } cases[] = {
    { "a.jpg", FALSE, 2000000, TRUE }, { "a.jpg", FALSE, 300000, TRUE },
    { "a.jpg", FALSE, 2000, FALSE }, { "a.pdf", TRUE, 900000, TRUE },
    { "a.pdf", TRUE, 400000, TRUE }, { "a.pdf", TRUE, 3000, FALSE },
  };
  g_autofree char *jpeg = name_path (fixture, "a.jpg");
  g_autofree char *pdf = name_path (fixture, "a.pdf");
  g_autofree char *to_path = name_path (fixture, "to");
  g_autofree char *part_path = name_path (fixture, "to.part");

  scan_write_noise (jpeg, 1240, 1754);
  scan_write_pdf (pdf, 6, "合同");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = name_path (fixture, cases[i].name);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GFile) to = g_file_new_for_path (to_path);
      g_autoptr (YejiFindings) before = examine (fixture, file);
      g_autoptr (YejiFindings) after = NULL;
      g_autoptr (YejiFindings) result = NULL;
      g_autoptr (YejiFindings) made = NULL;
      g_autoptr (GError) error = NULL;

      if (!yeji_examiner_shrink (fixture->examiner, file, to, cases[i].limit, &result, NULL,
                                 &error))
        {
          g_assert_false (cases[i].fits);
          g_assert_error (error, YEJI_EXAMINER_ERROR, YEJI_EXAMINER_ERROR_TOO_LARGE);
          g_assert_false (g_file_query_exists (to, NULL));
          g_assert_false (g_file_test (part_path, G_FILE_TEST_EXISTS));
          continue;
        }
      g_assert_true (cases[i].fits);
      after = examine (fixture, file);
      made = examine (fixture, to);
      g_assert_true (yeji_findings_equal (before, after));
      g_assert_cmpint (made->size, ==, result->size);
      g_assert_cmpint (made->size, <=, cases[i].limit);
      g_assert_cmpstr (made->media_type, ==, cases[i].pdf ? "application/pdf" : "image/jpeg");
      g_assert_cmpuint (made->n_pages, ==, before->n_pages);
      g_assert_cmpuint (result->dpi, >=, 72);
      g_assert_cmpuint (made->blank->len, ==, 0);
      if (cases[i].pdf)
        g_assert_cmpfloat_with_epsilon (made->dpi, result->dpi, 2);
      g_assert_cmpfloat_with_epsilon (made->width / made->height, before->width / before->height,
                                      0.01);
      g_file_delete (to, NULL, NULL);
    }
}

static gboolean
contains (const char *content,
          gsize       length,
          const char *part,
          gsize       part_length)
{
  for (gsize i = 0; i + part_length <= length; i++)
    if (memcmp (content + i, part, part_length) == 0)
      return TRUE;
  return FALSE;
}

/* Not a bit of a JPEG is changed, and what lay on its side stands. */
static void
test_combines (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *paths[] = { name_path (fixture, "1.jpg"), name_path (fixture, "2.jpg"),
                               name_path (fixture, "3.png") };
  g_autofree char *to_path = name_path (fixture, "to.pdf");
  g_autoptr (GFile) to = g_file_new_for_path (to_path);
  GFile *files[G_N_ELEMENTS (paths)];
  g_autoptr (YejiFindings) result = NULL;
  g_autoptr (YejiFindings) made = NULL;
  g_autofree char *pdf = NULL;
  g_autoptr (GError) error = NULL;
  gsize pdf_length;

  write_noted_jpeg (paths[0], 600, 400, 6, 100);
  scan_write_image (paths[1], "jpeg", 600, 400, "二");
  make_png (paths[2]);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    files[i] = g_file_new_for_path (paths[i]);
  g_assert_true (yeji_examiner_combine (fixture->examiner, files, G_N_ELEMENTS (files), to,
                                        &result, NULL, &error));
  g_assert_no_error (error);
  made = examine (fixture, to);
  g_assert_cmpuint (made->n_pages, ==, 3);
  g_assert_cmpuint (result->n_pages, ==, 3);
  g_assert_cmpint (result->size, ==, made->size);
  g_assert_cmpfloat_with_epsilon (made->width, 400 * 72 / 100., 0.1);
  g_assert_cmpfloat_with_epsilon (made->height, 600 * 72 / 100., 0.1);
  g_assert_cmpuint (made->dpi, ==, 100);
  g_assert_cmpuint (made->blank->len, ==, 0);
  g_assert_true (g_file_get_contents (to_path, &pdf, &pdf_length, NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *jpeg = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (paths[i], &jpeg, &length, NULL));
      g_assert_true (contains (pdf, pdf_length, jpeg, length));
    }
  /* The originals are not what is written to, and a PDF is no page. */
  g_assert_false (yeji_examiner_combine (fixture->examiner, files, 1, files[0], NULL, NULL,
                                         &error));
  g_assert_error (error, YEJI_EXAMINER_ERROR, YEJI_EXAMINER_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (yeji_examiner_combine (fixture->examiner, &to, 1, files[0], NULL, NULL, &error));
  g_assert_error (error, YEJI_EXAMINER_ERROR, YEJI_EXAMINER_ERROR_FOREIGN);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_object_unref (files[i]);
}

/* However the camera was held, the page of the PDF is the picture that the preview shows. */
static void
test_draws_upright (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = name_path (fixture, "noted.jpg");
  g_autofree char *pdf_path = name_path (fixture, "a.pdf");
  g_autofree char *to_path = name_path (fixture, "small.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) pdf = g_file_new_for_path (pdf_path);
  g_autoptr (GFile) to = g_file_new_for_path (to_path);

  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr (GdkPixbuf) image = NULL;
      g_autoptr (GdkPixbuf) page = NULL;
      g_autoptr (GError) error = NULL;
      const guint8 *one, *two;
      int difference = 0;

      write_noted_jpeg (path, 640, 480, orientation, 100);
      g_assert_true (yeji_examiner_thumbnail (fixture->examiner, file, 1, 160, to, NULL, &error));
      g_assert_no_error (error);
      image = gdk_pixbuf_new_from_file (to_path, &error);
      g_assert_no_error (error);
      g_assert_true (yeji_examiner_combine (fixture->examiner, &file, 1, pdf, NULL, NULL, &error));
      g_assert_true (yeji_examiner_thumbnail (fixture->examiner, pdf, 1, 160, to, NULL, &error));
      g_assert_no_error (error);
      page = gdk_pixbuf_new_from_file (to_path, &error);
      g_assert_no_error (error);
      g_assert_cmpint (gdk_pixbuf_get_width (image), ==, orientation > 4 ? 120 : 160);
      g_assert_cmpint (gdk_pixbuf_get_width (page), ==, gdk_pixbuf_get_width (image));
      g_assert_cmpint (gdk_pixbuf_get_height (page), ==, gdk_pixbuf_get_height (image));
      for (int y = 5; y < gdk_pixbuf_get_height (image); y += 10)
        for (int x = 5; x < gdk_pixbuf_get_width (image); x += 10)
          {
            one = gdk_pixbuf_read_pixels (image) + y * gdk_pixbuf_get_rowstride (image) + x * 3;
            two = gdk_pixbuf_read_pixels (page) + y * gdk_pixbuf_get_rowstride (page) + x * 3;
            difference += ABS (one[0] - two[0]) > 100 || ABS (one[1] - two[1]) > 100;
          }
      g_assert_cmpint (difference, <, 8);
    }
}

typedef struct
{
  const char *path;
  int stop;
} Writer;

static gpointer
write_on (gpointer data)
{
  Writer *writer = data;
  FILE *file = fopen (writer->path, "ab");

  while (!g_atomic_int_get (&writer->stop))
    {
      fputs ("more and more of it\n", file);
      fflush (file);
    }
  fclose (file);
  return NULL;
}

/* A scanner is still writing, or somebody has put the folder away. */
static void
test_notices_changes (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *path = name_path (fixture, "a.pdf");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Writer writer = { path };
  GThread *thread;
  guint n_told = 0;

  make_pdf (path);
  thread = g_thread_new ("scanner", write_on, &writer);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (YejiFindings) findings = yeji_examiner_examine (fixture->examiner, file, NULL,
                                                                 &error);

      n_told += g_error_matches (error, YEJI_EXAMINER_ERROR, YEJI_EXAMINER_ERROR_UNREADABLE);
      g_assert_true (findings != NULL || error->domain == YEJI_EXAMINER_ERROR);
    }
  g_atomic_int_set (&writer.stop, 1);
  g_thread_join (thread);
  g_assert_cmpuint (n_told, >, 0);
}

#ifndef YEJI_HAVE_POPPLER
static void
test_needs_poppler (Fixture       *fixture,
                    gconstpointer  data)
{
  g_test_skip ("built without poppler");
}
#endif

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
#ifdef YEJI_HAVE_POPPLER
#define ADD_PDF ADD
#else
#define ADD_PDF(path, func) (void) func; ADD (path, test_needs_poppler)
#endif
  ADD ("/examine/files/are-told-apart-by-content", test_tells_files_apart);
  ADD_PDF ("/examine/files/empty-pages-are-found", test_finds_empty_pages);
  ADD ("/examine/files/what-a-camera-notes-is-read", test_reads_notes);
  ADD_PDF ("/examine/files/are-shrunk-until-they-fit", test_shrinks);
  ADD_PDF ("/examine/files/are-combined-as-they-are", test_combines);
  ADD_PDF ("/examine/files/are-drawn-upright", test_draws_upright);
  ADD_PDF ("/examine/files/that-are-being-written-are-told", test_notices_changes);
#undef ADD_PDF
#undef ADD

  return g_test_run ();
}
