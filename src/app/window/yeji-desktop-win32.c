// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The Windows half of yeji-desktop.c, which has the documentation. libadwaita 1.2 knows of no dark
 * mode there, and where the system speaks another language its font has no Chinese letters: they
 * would come from whatever font is found first. */

#define G_LOG_DOMAIN "yeji-desktop"

#include "config.h"

#include "yeji-desktop.h"

#include <windows.h>

/* Where the settings of Windows 10 and later keep it: 0 is dark. */
#define THEME_KEY   L"Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize"
#define THEME_VALUE L"AppsUseLightTheme"

/* Tells when something in a key of the registry has changed. */
typedef struct
{
  GSource source;
  GPollFD poll;                /* an event, which Windows resets when it was waited for */
  HKEY key;
} KeySource;

/* The first of them that is there: those that Windows is designed with in Chinese, the one that it
 * has in any language, and what is there under wine. */
static const char * const families[] = {
  "Microsoft YaHei UI", "Microsoft YaHei", "SimSun", "Noto Sans CJK SC",
};

static gboolean
is_dark (void)
{
  DWORD light = 1;
  DWORD size = sizeof light;

  return RegGetValueW (HKEY_CURRENT_USER, THEME_KEY, THEME_VALUE, RRF_RT_REG_DWORD, NULL, &light,
                       &size) == ERROR_SUCCESS
         && light == 0;
}

static void
take_theme (void)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      is_dark () ? ADW_COLOR_SCHEME_PREFER_DARK
                                                 : ADW_COLOR_SCHEME_DEFAULT);
}

/* Windows tells of one change, and is asked again. */
static gboolean
wait_for_change (KeySource *self)
{
  return RegNotifyChangeKeyValue (self->key, TRUE, REG_NOTIFY_CHANGE_LAST_SET,
                                  (HANDLE) (gintptr) self->poll.fd, TRUE) == ERROR_SUCCESS;
}

static gboolean
check_source (GSource *source)
{
  return ((KeySource *) source)->poll.revents != 0;
}

static gboolean
dispatch_source (GSource     *source,
                 GSourceFunc  callback,
                 gpointer     data)
{
  gboolean again = wait_for_change ((KeySource *) source);

  take_theme ();
  return again ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
finalize_source (GSource *source)
{
  KeySource *self = (KeySource *) source;

  CloseHandle ((HANDLE) (gintptr) self->poll.fd);
  RegCloseKey (self->key);
}

static GSourceFuncs source_funcs = {
  .check = check_source,
  .dispatch = dispatch_source,
  .finalize = finalize_source,
};

static void
watch_theme (void)
{
  g_autoptr (GSource) source = NULL;
  KeySource *self;
  HKEY key;

  /* Made where it is not there yet: a key that comes later could not be waited for. */
  if (RegCreateKeyExW (HKEY_CURRENT_USER, THEME_KEY, 0, NULL, 0, KEY_NOTIFY | KEY_READ, NULL, &key,
                       NULL) != ERROR_SUCCESS)
    return;
  source = g_source_new (&source_funcs, sizeof (KeySource));
  self = (KeySource *) source;
  self->key = key;
  self->poll.fd = (gintptr) CreateEventW (NULL, FALSE, FALSE, NULL);
  self->poll.events = G_IO_IN;
  if (!wait_for_change (self))
    return;
  g_source_add_poll (source, &self->poll);
  g_source_attach (source, NULL);
}

static const char *
find_family (void)
{
  PangoFontMap *map = pango_cairo_font_map_get_default ();

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    if (pango_font_map_get_family (map, families[i]) != NULL)
      return families[i];
  return NULL;
}

/* The system's size stays: it follows what the user set. Its own font stays first where the program
 * does not speak Chinese; the letters of the records come from this one all the same. */
static void
take_font (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  const char *language = pango_language_to_string (pango_language_get_default ());
  const char *family = find_family ();
  g_autofree char *name = NULL;
  g_autofree char *list = NULL;
  PangoFontDescription *font;

  if (settings == NULL || family == NULL)
    return;
  g_object_get (settings, "gtk-font-name", &name, NULL);
  font = pango_font_description_from_string (name);
  if (g_str_has_prefix (language, "zh") || pango_font_description_get_family (font) == NULL)
    list = g_strdup (family);
  else
    list = g_strdup_printf ("%s,%s", pango_font_description_get_family (font), family);
  pango_font_description_set_family (font, list);
  g_free (name);
  name = pango_font_description_to_string (font);
  g_object_set (settings, "gtk-font-name", name, NULL);
  pango_font_description_free (font);
}

void
yeji_desktop_load_icons (void)
{
}

void
yeji_desktop_follow (void)
{
  take_theme ();
  watch_theme ();
  take_font ();
}

/* GTK 4.8 takes the settings of the default printer for granted, and ends where there is none: the
 * spooler may be off, or nobody has set a printer up. */
gboolean
yeji_desktop_check_printer (GError **error)
{
  DWORD length = 0;

  if (!GetDefaultPrinterW (NULL, &length) && GetLastError () == ERROR_INSUFFICIENT_BUFFER)
    return TRUE;
  g_set_error_literal (error, GTK_PRINT_ERROR, GTK_PRINT_ERROR_GENERAL,
                       "Windows has no default printer");
  return FALSE;
}
