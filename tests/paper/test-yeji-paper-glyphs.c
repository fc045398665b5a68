// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Each letter of a PDF is looked at: a library between us and the file has lost some. */

#include "config.h"

#include "yeji-paper-glyphs.h"

#include <cairo-pdf.h>
#include <string.h>

#include "yeji-dictionary.h"
#include "yeji-paper-text.h"
#include "yeji-test.h"

#define CELL 14.0
#define COLUMNS 40
#define ROWS 58
#define DPI 144

/* Every character of every label and help of the dictionary, once. */
static GArray *
collect (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (&error);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  GArray *all = g_array_new (FALSE, FALSE, sizeof (gunichar));

  g_assert_no_error (error);
  for (guint i = 0; i < tables->len; i++)
    {
      GPtrArray *fields = ((const YejiTableDef *) g_ptr_array_index (tables, i))->fields;

      for (guint j = 0; j < fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (fields, j);
          const char *texts[] = { field->label.in[YEJI_LANGUAGE_ZH],
                                  field->help.in[YEJI_LANGUAGE_ZH],
                                  field->label.in[YEJI_LANGUAGE_EN] };

          for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
            for (const char *c = texts[k]; c != NULL && *c != '\0'; c = g_utf8_next_char (c))
              {
                gunichar one = g_utf8_get_char (c);

                if (!g_unichar_isspace (one) && g_hash_table_add (seen, GUINT_TO_POINTER (one)))
                  g_array_append_val (all, one);
              }
        }
    }
  return all;
}

static void
draw_all (cairo_t        *cairo,
          const GArray   *all,
          YejiPaperStyle  style)
{
  for (guint i = 0; i < all->len; i++)
    {
      char text[8] = { 0 };

      g_unichar_to_utf8 (g_array_index (all, gunichar, i), text);
      yeji_paper_draw_text (cairo, style, (i % COLUMNS) * CELL + 2, (double) (i / COLUMNS) * CELL, 0,
                            text);
    }
}

/* Whether anything is dark in a cell. */
static gboolean
is_drawn (cairo_surface_t *surface,
          guint            index)
{
  const double scale = DPI / 72.0;
  const guint8 *data = cairo_image_surface_get_data (surface);
  const int stride = cairo_image_surface_get_stride (surface);

  for (int y = (int) ((index / COLUMNS) * CELL * scale);
       y < (int) ((index / COLUMNS + 1) * CELL * scale); y++)
    for (int x = (int) ((index % COLUMNS) * CELL * scale);
         x < (int) ((index % COLUMNS + 1) * CELL * scale); x++)
      if (data[y * stride + x * 4] < 160)
        return TRUE;
  return FALSE;
}

static char *
make_picture (const char *dir,
              const char *pdf)
{
  g_autofree char *program = g_find_program_in_path ("pdftoppm");
  g_autofree char *stem = g_build_filename (dir, "page", NULL);
  char *words[] = { program, (char *) "-r", (char *) "144", (char *) "-png",
                    (char *) "-singlefile", (char *) pdf, stem, NULL };
  g_autoptr (GError) error = NULL;

  if (program == NULL)
    return NULL;
  g_assert_true (g_spawn_sync (NULL, words, NULL, 0, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  return g_strconcat (stem, ".png", NULL);
}

static void
test_all_are_there (gconstpointer data)
{
  const YejiPaperStyle style = GPOINTER_TO_UINT (data);
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "letters.pdf", NULL);
  g_autoptr (GArray) all = collect ();
  cairo_surface_t *pdf = cairo_pdf_surface_create (path, YEJI_PAPER_WIDTH, YEJI_PAPER_HEIGHT);
  cairo_t *cairo = cairo_create (pdf);
  g_autofree char *picture = NULL;
  cairo_surface_t *surface;

  g_assert_cmpuint (all->len, >, 300);
  g_assert_cmpuint (all->len, <, COLUMNS * ROWS);
  draw_all (cairo, all, style);
  cairo_destroy (cairo);
  cairo_surface_finish (pdf);
  g_assert_cmpint (cairo_surface_status (pdf), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (pdf);
  picture = make_picture (dir, path);
  if (picture == NULL)
    {
      g_test_skip ("poppler-utils is not installed");
      yeji_test_dir_remove (dir);
      return;
    }
  surface = cairo_image_surface_create_from_png (picture);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  for (guint i = 0; i < all->len; i++)
    if (!is_drawn (surface, i))
      {
        char text[8] = { 0 };

        g_unichar_to_utf8 (g_array_index (all, gunichar, i), text);
        g_test_fail_printf ("“%s” is not on the sheet", text);
      }
  cairo_surface_destroy (surface);
  yeji_test_dir_remove (dir);
}

/* What cannot be text is made seen, and what is too long for a form says so. */
static void
test_clean (void)
{
  static const struct
  {
    const char *text, *wanted;
  } cases[] = {
    { "", "" }, { "工程\n二", "工程\n二" }, { "a\r\nb\tc", "a\nb c" },
    { "\x01\x7f\xe2\x80\xae", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
    { "\xef\xbf\xbe\xef\xb7\x90", "\xef\xbf\xbd\xef\xbf\xbd" }, { "<b>&amp;", "<b>&amp;" },
  };
  g_autofree char *huge = g_strnfill (70000, 'x');
  g_autofree char *cut = yeji_paper_clean (huge);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clean = yeji_paper_clean (cases[i].text);

      g_assert_cmpstr (clean, ==, cases[i].wanted);
    }
  g_assert_true (g_str_has_suffix (cut, "x\n… (4464 more characters)"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/text/is-cleaned", test_clean);
  g_test_add_data_func ("/paper/glyphs/are-all-there", GUINT_TO_POINTER (YEJI_PAPER_VALUE),
                        test_all_are_there);
  g_test_add_data_func ("/paper/glyphs/are-all-there-in-bold", GUINT_TO_POINTER (YEJI_PAPER_ROW),
                        test_all_are_there);
  g_test_add_data_func ("/paper/glyphs/are-all-there-of-one-width",
                        GUINT_TO_POINTER (YEJI_PAPER_SMALL_CODE), test_all_are_there);
  return g_test_run ();
}
