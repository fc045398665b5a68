// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Makes a picture of every screen and dialog from the real widgets: gallery [--dark]
 * [--high-contrast] [--only NAME] DIRECTORY. As a test it proves that none is empty, and none has a
 * word of another language than the clerk's. */

#include "config.h"

#include <string.h>

#include "gallery-screens.h"
#include "yeji-application.h"
#include "yeji-test.h"

/* Of a picture's pixels, at least so many differ from the commonest one. */
#define MIN_DRAWN 0.01

static gboolean dark;
static gboolean high_contrast;
static char *only;
static char *language;
static char *directory;

static const GOptionEntry options[] = {
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Make the dark ones, too", NULL },
  { "high-contrast", 0, 0, G_OPTION_ARG_NONE, &high_contrast, "Draw with high contrast", NULL },
  { "language", 0, 0, G_OPTION_ARG_STRING, &language, "The language, or zh_CN", "LANGUAGE" },
  { "only", 0, 0, G_OPTION_ARG_STRING, &only, "Make one screen's picture", "NAME" },
  { NULL },
};

/* Words that are the same in Chinese offices. */
static const char * const allowed[] = {
  "PDF", "JPEG", "JPG", "PNG", "TIFF", "Excel", "XLSX", "CSV", "JSON", "KB", "kB", "MB",
  "GB", "Ctrl", "Shift", "Alt", "Enter", "Return", "Esc", "Tab", "Delete", "Home", "End", "Page",
  "Up", "Down", "HTTPS", "https", "http", "GPL", "Menu", "Left", "Right",
  "jpg", "pdf", "json", "dpi", "Insert", "Backspace", "Space",
};

static guint
count_differing (GdkTexture *texture)
{
  gsize width = (gsize) gdk_texture_get_width (texture);
  gsize height = (gsize) gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, width * height);
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer value;
  guint most = 0;

  gdk_texture_download (texture, (guchar *) pixels, width * 4);
  for (gsize i = 0; i < width * height; i++)
    {
      gpointer key = GUINT_TO_POINTER (pixels[i]);

      g_hash_table_insert (counts, key, GUINT_TO_POINTER (
        GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1));
    }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    most = MAX (most, GPOINTER_TO_UINT (value));
  return (guint) (width * height) - most;
}

/* ---- Words of another language */

/* One letter is a key, or a grade; these are digits of a sum. */
static gboolean
is_allowed (const char *word)
{
  if (word[1] == '\0' || word[strspn (word, "abcdef")] == '\0')
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    if (g_str_equal (allowed[i], word))
      return TRUE;
  return FALSE;
}

/* Words of letters alone: a number or a code with letters in it is a value. */
static char *
find_word (const char *text)
{
  g_auto (GStrv) words = g_regex_split_simple ("[^A-Za-z0-9_.@:/\\\\~-]+", text, 0, 0);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *word = words[i];

      if (*word == '\0' || strspn (word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
          != strlen (word) || is_allowed (word))
        continue;
      return g_strdup (word);
    }
  return NULL;
}

static void
look_at (GtkWidget  *widget,
         const char *screen,
         const char *text)
{
  g_autofree char *word = text != NULL ? find_word (text) : NULL;

  if (word == NULL)
    return;
  g_test_message ("%s: “%s” in “%s” (%s in %s)", screen, word, text, G_OBJECT_TYPE_NAME (widget),
                  gtk_widget_get_parent (widget) != NULL
                  ? G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)) : "");
  g_test_fail ();
}

/* What is typed is a value; the words around it are ours. The about window's are libadwaita's. */
static void
find_leftovers (GtkWidget  *root,
                const char *screen)
{
  if (!gtk_widget_get_mapped (root) || GTK_IS_EDITABLE (root)
      || strstr (G_OBJECT_TYPE_NAME (root), "ShortcutLabel") != NULL)
    {
      look_at (root, screen, gtk_widget_get_tooltip_text (root));
      return;
    }
  if (GTK_IS_LABEL (root))
    look_at (root, screen, gtk_label_get_text (GTK_LABEL (root)));
  look_at (root, screen, gtk_widget_get_tooltip_text (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_leftovers (child, screen);
}

/* ---- */

static void
make_picture (GtkWidget  *root,
              const char *name,
              gboolean    in_dark)
{
  g_autofree char *file = g_strdup_printf ("%s%s.png", name, in_dark ? "-dark" : "");
  g_autofree char *path = g_build_filename (directory, file, NULL);
  g_autoptr (GdkTexture) texture = NULL;
  double drawn;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      in_dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                              : ADW_COLOR_SCHEME_FORCE_LIGHT);
  texture = gallery_draw (root);
  g_assert_nonnull (texture);
  drawn = (double) count_differing (texture) / gdk_texture_get_width (texture)
          / gdk_texture_get_height (texture);
  g_assert_cmpfloat (drawn, >, MIN_DRAWN);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static void
test_screen (gconstpointer data)
{
  const GalleryScreen *screen = data;
  Gallery gallery = { NULL };
  GtkWidget *root;

  gallery_set_up (&gallery);
  root = screen->open (&gallery);
  make_picture (root, screen->name, FALSE);
  if (dark)
    make_picture (root, screen->name, TRUE);
  if (g_str_has_prefix (g_getenv ("LANGUAGE"), "zh"))
    find_leftovers (root, screen->name);
  gallery_close_all (&gallery);
  gallery_tear_down (&gallery);
}

static void
use_home (const char *home)
{
  static const char *const variables[] = { "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME" };

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      g_autofree char *path = g_build_filename (home, variables[i], NULL);

      g_setenv (variables[i], path, TRUE);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = yeji_test_dir_new ();
  g_autoptr (GOptionContext) context = g_option_context_new ("DIRECTORY");
  const GalleryScreen *screens;
  guint n;
  int status;

  use_home (home);
  g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  g_test_init (&argc, &argv, NULL);
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 2)
    return 2;
  g_setenv ("LANGUAGE", language != NULL ? language : "zh_CN", TRUE);
  if (high_contrast)
    g_setenv ("ADW_DEBUG_HIGH_CONTRAST", "1", TRUE);
  directory = argv[1];
  g_mkdir_with_parents (directory, 0777);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP NO DISPLAY: not a single picture was made. Run under an X server.\n");
      return 0;
    }
  yeji_app_init ();
  adw_init ();
  g_assert_true (!high_contrast
                 || adw_style_manager_get_high_contrast (adw_style_manager_get_default ()));
  screens = gallery_get_screens (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/gallery/%s", screens[i].name);

      if (only == NULL || g_str_equal (only, screens[i].name))
        g_test_add_data_func (path, &screens[i], test_screen);
    }
  status = g_test_run ();
  yeji_test_dir_remove (home);
  return status;
}
