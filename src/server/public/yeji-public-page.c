// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-public"

#include "config.h"

#include "yeji-public-page.h"

#include <stdarg.h>
#include <string.h>

#include "yeji-clock.h"
#include "yeji-web.h"

static const char * const languages[N_YEJI_LANGUAGES] = { "zh-CN", "en" };
static const char * const tags[N_YEJI_LANGUAGES] = { "zh", "en" };

static const struct
{
  const char *state;
  const char *name[N_YEJI_LANGUAGES];
} states[] = {
  { YEJI_LISTING_APPROVED, { "已审核", "Approved" } },
  { YEJI_LISTING_ONGOING, { "在建", "Ongoing" } },
  { YEJI_LISTING_FINISHED, { "已竣工", "Finished" } },
  { YEJI_LISTING_REVOKED, { "已撤销", "Revoked" } },
  { YEJI_LISTING_WITHDRAWN, { "已撤回", "Withdrawn" } },
};

/* The address decides, so that one may hand it on; then the reader's browser. */
static YejiLanguage
get_language (YejiRequest *request)
{
  const char *lang = yeji_request_get_query (request, "lang");

  for (guint i = 0; lang != NULL && i < N_YEJI_LANGUAGES; i++)
    if (g_str_equal (lang, tags[i]))
      return (YejiLanguage) i;
  return request->language;
}

/**
 * yeji_public_page_say:
 *
 * Returns: the words in the language of the page
 */
const char *
yeji_public_page_say (YejiPublicPage *self,
                      const char     *zh,
                      const char     *en)
{
  return self->language == YEJI_LANGUAGE_EN ? en : zh;
}

static void
append_parameter (GString    *address,
                  const char *name,
                  const char *value)
{
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

  g_string_append_printf (address, "%c%s=%s", strchr (address->str, '?') != NULL ? '&' : '?', name,
                          escaped);
}

/**
 * yeji_public_page_address:
 * @path: begins with a slash
 * @...: names of parameters, each with its value; empty ones and %NULL are left out, %NULL ends them
 *
 * Makes the address of a page in the language that was chosen for this one.
 *
 * Returns: (transfer full): the address
 */
char *
yeji_public_page_address (YejiPublicPage *self,
                          const char     *path,
                          ...)
{
  GString *address = g_string_new (path);
  const char *lang = yeji_request_get_query (self->request, "lang");
  va_list parameters;
  const char *name;

  va_start (parameters, path);
  while ((name = va_arg (parameters, const char *)) != NULL)
    {
      const char *value = va_arg (parameters, const char *);

      if (value != NULL && *value != '\0')
        append_parameter (address, name, value);
    }
  va_end (parameters);
  if (lang != NULL)
    append_parameter (address, "lang", tags[self->language]);
  return g_string_free (address, FALSE);
}

/* (transfer full): this page in another language */
static char *
make_other_address (YejiPublicPage *self,
                    YejiLanguage    language)
{
  GString *address = g_string_new (self->request->path);
  g_autoptr (GList) names = g_hash_table_get_keys (self->request->query);

  names = g_list_sort (names, (GCompareFunc) strcmp);
  for (GList *each = names; each != NULL; each = each->next)
    {
      const char *value = g_hash_table_lookup (self->request->query, each->data);
      g_autofree char *name = g_uri_escape_string (each->data, NULL, FALSE);

      if (!g_str_equal (each->data, "lang") && value != NULL && *value != '\0')
        append_parameter (address, name, value);
    }
  append_parameter (address, "lang", tags[language]);
  return g_string_free (address, FALSE);
}

static void
add_head (YejiPublicPage *self,
          const char     *title)
{
  const char *site = yeji_public_page_say (self, "工程项目信息", "Construction projects");
  g_autofree char *whole = title != NULL ? g_strconcat (title, " - ", site, NULL)
                                         : g_strconcat (site, " - ",
                                                        yeji_public_page_say (self, "工程项目",
                                                                              "Projects"), NULL);

  yeji_html_open (self->html, "head", NULL);
  yeji_html_void (self->html, "meta", "charset", "utf-8", NULL);
  yeji_html_void (self->html, "meta", "name", "viewport", "content",
                  "width=device-width, initial-scale=1", NULL);
  yeji_html_void (self->html, "meta", "name", "color-scheme", "content", "light dark", NULL);
  yeji_html_leaf (self->html, "title", whole, NULL);
  yeji_html_void (self->html, "link", "rel", "icon", "href", "/web/mark.svg", "type",
                  "image/svg+xml", NULL);
  yeji_html_void (self->html, "link", "rel", "stylesheet", "href", "/web/public.css", NULL);
  yeji_html_leaf (self->html, "script", "", "type", "module", "src", "/web/public.js", NULL);
  yeji_html_close (self->html);
}

static void
add_header (YejiPublicPage *self)
{
  YejiLanguage other = self->language == YEJI_LANGUAGE_EN ? YEJI_LANGUAGE_ZH : YEJI_LANGUAGE_EN;
  g_autofree char *home = yeji_public_page_address (self, "/", NULL);
  g_autofree char *address = make_other_address (self, other);

  yeji_html_leaf (self->html, "a", yeji_public_page_say (self, "跳到正文", "Skip to the content"),
                  "class", "skip", "href", "#main", NULL);
  yeji_html_open (self->html, "header", "class", "top", NULL);
  yeji_html_open (self->html, "div", "class", "wide", NULL);
  yeji_html_open (self->html, "a", "class", "brand", "href", home, NULL);
  yeji_html_void (self->html, "img", "src", "/web/mark.svg", "alt", "", "width", "32", "height",
                  "32", NULL);
  yeji_html_open (self->html, "span", NULL);
  yeji_html_leaf (self->html, "strong",
                  yeji_public_page_say (self, "工程项目信息", "Construction projects"), NULL);
  yeji_html_leaf (self->html, "small",
                  yeji_mapping_get_name (self->context->mapping, self->language), NULL);
  yeji_html_close (self->html);
  yeji_html_close (self->html);
  yeji_html_open (self->html, "nav", "aria-label",
                  yeji_public_page_say (self, "站点", "Site"), NULL);
  yeji_html_leaf (self->html, "a", other == YEJI_LANGUAGE_EN ? "English" : "中文", "href", address,
                  "lang", languages[other], "hreflang", languages[other], NULL);
  yeji_html_leaf (self->html, "a", yeji_public_page_say (self, "审核登录", "Reviewers"), "href",
                  "/desk", NULL);
  yeji_html_close (self->html);
  yeji_html_close (self->html);
  yeji_html_close (self->html);
}

/**
 * yeji_public_page_begin:
 * @self: (out caller-allocates)
 * @title: (nullable): %NULL for the page where one searches
 *
 * Begins a page, up to where its content comes.
 */
void
yeji_public_page_begin (YejiPublicPage    *self,
                        YejiServerContext *context,
                        YejiRequest       *request,
                        const char        *title)
{
  self->context = context;
  self->request = request;
  self->language = get_language (request);
  self->html = yeji_html_new ();
  yeji_html_open (self->html, "html", "lang", languages[self->language], NULL);
  add_head (self, title);
  yeji_html_open (self->html, "body", NULL);
  add_header (self);
  yeji_html_open (self->html, "main", "id", "main", "class", "wide", NULL);
}

/**
 * yeji_public_page_end:
 *
 * Ends a page.
 *
 * Returns: (transfer full): the answer
 */
YejiResponse *
yeji_public_page_end (YejiPublicPage *self,
                      guint           status)
{
  YejiResponse *response;

  yeji_html_close (self->html);
  yeji_html_open (self->html, "footer", "class", "bottom", NULL);
  yeji_html_open (self->html, "div", "class", "wide", NULL);
  yeji_html_leaf (self->html, "p",
                  yeji_public_page_say (self,
                    "数据等级：A 省级、B 市（州）级、C 县级主管部门审核确认；D 信息不完整或未经审核确认，"
                    "仅在本省公示。本页不公开证件号码和联系电话。",
                    "Grades: A, B, C were confirmed by a department of the province, a city or a"
                    " county; D is incomplete or not confirmed, and shown by the province alone."
                    " Id numbers and phones are never shown."), NULL);
  yeji_html_open (self->html, "p", NULL);
  yeji_html_leaf (self->html, "a", yeji_public_page_say (self, "数据接口", "Data interface"), "href",
                  "/v1/openapi.yaml", NULL);
  yeji_html_close (self->html);
  response = yeji_web_page (self->request, status, yeji_html_end (g_steal_pointer (&self->html)));
  yeji_response_set_header (response, "Content-Language", languages[self->language]);
  yeji_response_set_header (response, "Vary", "Accept-Language");
  return response;
}

/* The name under which the reader asked, if it is one; it is shown and leads nowhere. */
static const char *
get_host (YejiPublicPage *self)
{
  const char *host = yeji_request_get_header (self->request, "host");

  return host != NULL && strlen (host) <= 255
             && strspn (host, "abcdefghijklmnopqrstuvwxyz0123456789.-:[]") == strlen (host)
           ? host : "";
}

/**
 * yeji_public_page_paper:
 * @address: of the page, from its path on
 *
 * Adds where a page is from and when, as there is no address bar on paper.
 */
void
yeji_public_page_paper (YejiPublicPage *self,
                        const char     *address)
{
  g_autofree char *whole = g_strconcat (get_host (self), address, NULL);
  g_autofree char *today = yeji_clock_today ();

  yeji_html_text (self->html, yeji_public_page_say (self, "本页地址：", "Address of this page: "));
  yeji_html_leaf (self->html, "a", whole, "href", address, NULL);
  yeji_html_text (self->html, yeji_public_page_say (self, "  查询日期：", "  Read on "));
  yeji_html_leaf (self->html, "time", today, "datetime", today, NULL);
}

/**
 * yeji_public_page_name_area:
 *
 * Returns: (transfer full): the names from the city down, or the code when nobody knows it
 */
char *
yeji_public_page_name_area (YejiPublicPage *self,
                            const char     *code)
{
  const YejiCodeList *list = self->context->layout->areas;
  const YejiCode *item = list != NULL ? yeji_code_list_find (list, code) : NULL;
  GString *name;

  if (item == NULL)
    return g_strdup (code);
  name = g_string_new (item->name);
  /* the loader lets no code be its own ancestor; the bound is for what it may let through later */
  for (guint i = 0; i < 4 && item->parent != NULL; i++)
    {
      item = yeji_code_list_find (list, item->parent);
      if (item == NULL || item->parent == NULL)
        break;
      g_string_prepend (name, item->name);
    }
  return g_string_free (name, FALSE);
}

/**
 * yeji_public_page_name_code:
 *
 * Returns: the name of a code of a field, or the code when nobody knows it
 */
const char *
yeji_public_page_name_code (const YejiFieldDef *field,
                            const char         *code)
{
  const YejiCode *item = field->codes != NULL ? yeji_code_list_find (field->codes, code) : NULL;

  return item != NULL ? item->name : code;
}

/**
 * yeji_public_page_name_grade:
 *
 * Returns: what a grade means, or ""
 */
const char *
yeji_public_page_name_grade (YejiPublicPage *self,
                             const char     *grade)
{
  const YejiCodeList *list = self->context->layout->grades;
  const YejiCode *item = list != NULL ? yeji_code_list_find (list, grade) : NULL;

  return item != NULL ? item->name : "";
}

/**
 * yeji_public_page_name_role:
 *
 * Returns: the name of a role, or the role when nobody knows it
 */
const char *
yeji_public_page_name_role (YejiPublicPage *self,
                            const char     *role)
{
  const YejiRole *found = yeji_dictionary_find_role (self->context->dictionary, role);

  return found != NULL ? yeji_text_get (&found->label, self->language) : role;
}

/**
 * yeji_public_page_name_state:
 *
 * Returns: the name of a state
 */
const char *
yeji_public_page_name_state (YejiPublicPage *self,
                             const char     *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].state, state))
      return states[i].name[self->language];
  return state;
}

/**
 * yeji_public_page_badges:
 *
 * Writes a project's grade, or what else is to be known of it first.
 */
void
yeji_public_page_badges (YejiPublicPage    *self,
                         const YejiListing *listing)
{
  if (g_str_equal (listing->state, YEJI_LISTING_APPROVED))
    {
      g_autofree char *class = g_strdup_printf ("badge grade grade-%.1s", listing->grade);
      g_autofree char *text = g_strdup_printf (yeji_public_page_say (self, "%s 级", "Grade %s"),
                                               listing->grade);

      yeji_html_leaf (self->html, "span", text, "class", class, "title",
                      yeji_public_page_name_grade (self, listing->grade), NULL);
    }
  else
    {
      g_autofree char *class = g_strdup_printf ("badge state-%s", listing->state);

      yeji_html_leaf (self->html, "span", yeji_public_page_name_state (self, listing->state),
                      "class", class, NULL);
    }
}

/* 1234567.8000 is read as 1,234,567.8; what is no plain number stays as it was written. */
static char *
group_digits (const char *number)
{
  gsize digits = strspn (number, "0123456789");
  const char *fraction = number + digits;
  gsize decimals = *fraction == '.' ? strspn (fraction + 1, "0123456789") : 0;
  GString *grouped;

  if (digits == 0 || fraction[decimals > 0 ? decimals + 1 : 0] != '\0')
    return g_strdup (number);
  grouped = g_string_new (NULL);
  for (gsize i = 0; i < digits; i++)
    {
      if (i > 0 && (digits - i) % 3 == 0)
        g_string_append_c (grouped, ',');
      g_string_append_c (grouped, number[i]);
    }
  while (decimals > 0 && fraction[decimals] == '0')
    decimals--;
  if (decimals > 0)
    g_string_append_len (grouped, fraction, (gssize) decimals + 1);
  return g_string_free (grouped, FALSE);
}

/**
 * yeji_public_page_format_count:
 *
 * Returns: (transfer full): a number as people read it
 */
char *
yeji_public_page_format_count (gint64 n)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  return group_digits (number);
}

/**
 * yeji_public_page_format_day:
 * @at: a moment, or a day
 *
 * Returns: (transfer full): the day that it was in China, whatever the server's clock is set to
 */
char *
yeji_public_page_format_day (const char *at)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (at, NULL);
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 60 * 60);
  g_autoptr (GDateTime) here = moment != NULL ? g_date_time_to_timezone (moment, china) : NULL;

  return here != NULL ? g_date_time_format (here, "%Y-%m-%d") : g_strndup (at, 10);
}

/**
 * yeji_public_page_format:
 *
 * Returns: (transfer full): a value as people read it: a code by its name, an amount with its unit
 */
char *
yeji_public_page_format (YejiPublicPage     *self,
                         const YejiFieldDef *field,
                         const char         *value)
{
  /* grades are known by their letter */
  if (field->codes != NULL && field->codes == self->context->layout->grades)
    return g_strdup_printf ("%s  %s", value, yeji_public_page_name_code (field, value));
  if (field->kind == YEJI_FIELD_CODE && field->codes != NULL)
    return g_strdup (yeji_public_page_name_code (field, value));
  if (field->kind == YEJI_FIELD_NUMBER)
    {
      g_autofree char *number = group_digits (value);

      return field->unit != NULL ? g_strdup_printf ("%s %s", number, field->unit)
                                 : g_steal_pointer (&number);
    }
  return g_strdup (value);
}
