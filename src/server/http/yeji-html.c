// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-html"

#include "config.h"

#include "yeji-html.h"

#include <stdarg.h>
#include <string.h>

struct _YejiHtml
{
  GString *page;
  GPtrArray *open;             /* (element-type utf8): static names of the elements that are open */
};

/* Control characters are allowed neither in HTML nor on a screen. Marks that turn the direction of
 * what follows would let a name write itself over its neighbours. */
static gboolean
is_harmless (gunichar character)
{
  if (character < 0x20)
    return character == '\n' || character == '\t';
  return !(character >= 0x7f && character < 0xa0) && !(character >= 0x202a && character <= 0x202e)
         && !(character >= 0x2066 && character <= 0x2069) && character != 0xfeff
         && (character & 0xfffe) != 0xfffe;
}

static void
append_escaped (GString    *page,
                const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    switch (*c)
      {
      case '&':
        g_string_append (page, "&amp;");
        break;
      case '<':
        g_string_append (page, "&lt;");
        break;
      case '>':
        g_string_append (page, "&gt;");
        break;
      case '"':
        g_string_append (page, "&quot;");
        break;
      case '\'':
        g_string_append (page, "&#39;");
        break;
      default:
        if (is_harmless (g_utf8_get_char (c)))
          g_string_append_len (page, c, g_utf8_next_char (c) - c);
        else
          g_string_append (page, "\357\277\275");
        break;
      }
}

/* An address in an attribute leads to this server or nowhere. */
static gboolean
is_address (const char *name)
{
  return g_str_equal (name, "href") || g_str_equal (name, "src") || g_str_equal (name, "action");
}

static void
append_tag (YejiHtml   *self,
            const char *element,
            va_list     attributes)
{
  const char *name;

  g_string_append_printf (self->page, "<%s", element);
  while ((name = va_arg (attributes, const char *)) != NULL)
    {
      const char *value = va_arg (attributes, const char *);

      if (value == NULL)
        continue;
      g_return_if_fail (!is_address (name) || (value[0] == '/' && value[1] != '/')
                        || value[0] == '?' || value[0] == '#');
      g_string_append_printf (self->page, " %s=\"", name);
      append_escaped (self->page, value);
      g_string_append_c (self->page, '"');
    }
  g_string_append_c (self->page, '>');
}

/**
 * yeji_html_new:
 *
 * Begins a page.
 *
 * Returns: (transfer full): the page, to be ended with yeji_html_end()
 */
YejiHtml *
yeji_html_new (void)
{
  YejiHtml *self = g_new0 (YejiHtml, 1);

  self->page = g_string_new ("<!DOCTYPE html>\n");
  self->open = g_ptr_array_new ();
  return self;
}

/**
 * yeji_html_open:
 * @element: a constant
 * @...: names of attributes, constants, each with its value; an attribute of %NULL is left out,
 *   %NULL ends them
 *
 * Opens an element.
 */
void
yeji_html_open (YejiHtml   *self,
                const char *element,
                ...)
{
  va_list attributes;

  va_start (attributes, element);
  append_tag (self, element, attributes);
  va_end (attributes);
  g_ptr_array_add (self->open, (gpointer) element);
}

/**
 * yeji_html_close:
 *
 * Closes the element that was opened last.
 */
void
yeji_html_close (YejiHtml *self)
{
  g_return_if_fail (self->open->len > 0);

  g_string_append_printf (self->page, "</%s>",
                          (const char *) g_ptr_array_steal_index (self->open, self->open->len - 1));
}

/**
 * yeji_html_void:
 *
 * Writes an element that has no content, as yeji_html_open() does.
 */
void
yeji_html_void (YejiHtml   *self,
                const char *element,
                ...)
{
  va_list attributes;

  va_start (attributes, element);
  append_tag (self, element, attributes);
  va_end (attributes);
}

/**
 * yeji_html_text:
 * @text: (nullable): whatever anybody wrote
 *
 * Writes a text.
 */
void
yeji_html_text (YejiHtml   *self,
                const char *text)
{
  if (text != NULL)
    append_escaped (self->page, text);
}

/**
 * yeji_html_lines:
 *
 * Writes a text of several lines, and an element for each end of one.
 */
void
yeji_html_lines (YejiHtml   *self,
                 const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append (self->page, "<br>");
      append_escaped (self->page, lines[i]);
    }
}

/**
 * yeji_html_leaf:
 *
 * Writes an element with nothing but a text in it.
 */
void
yeji_html_leaf (YejiHtml   *self,
                const char *element,
                const char *text,
                ...)
{
  va_list attributes;

  va_start (attributes, text);
  append_tag (self, element, attributes);
  va_end (attributes);
  yeji_html_text (self, text);
  g_string_append_printf (self->page, "</%s>", element);
}

/**
 * yeji_html_end:
 * @self: (transfer full)
 *
 * Closes what is open.
 *
 * Returns: (transfer full): the page
 */
char *
yeji_html_end (YejiHtml *self)
{
  char *page;

  while (self->open->len > 0)
    yeji_html_close (self);
  g_string_append_c (self->page, '\n');
  page = g_string_free (self->page, FALSE);
  g_ptr_array_unref (self->open);
  g_free (self);
  return page;
}

/**
 * yeji_html_free:
 * @self: (transfer full)
 *
 * Forgets a page.
 */
void
yeji_html_free (YejiHtml *self)
{
  g_string_free (self->page, TRUE);
  g_ptr_array_unref (self->open);
  g_free (self);
}
