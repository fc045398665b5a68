// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-public"

#include "config.h"

#include "yeji-listing-search.h"
#include "yeji-public-page.h"

#include <string.h>

#define MAX_QUESTION "64"

/* How many projects there are of a grade or a state. */
typedef struct
{
  const char *state;
  const char *grade;           /* "": whatever it is */
  gint64 n;
} Count;

static void
add_option (YejiPublicPage *page,
            const char     *value,
            const char     *label,
            const char     *chosen)
{
  yeji_html_leaf (page->html, "option", label, "value", value, "selected",
                  g_str_equal (value, chosen) ? "" : NULL, NULL);
}

static void
open_select (YejiPublicPage *page,
             const char     *name,
             const char     *label)
{
  g_autofree char *id = g_strconcat ("f-", name, NULL);

  yeji_html_open (page->html, "p", "class", "field", NULL);
  yeji_html_leaf (page->html, "label", label, "for", id, NULL);
  yeji_html_open (page->html, "select", "id", id, "name", name, NULL);
}

static void
close_select (YejiPublicPage *page)
{
  yeji_html_close (page->html);
  yeji_html_close (page->html);
}

/* What is below a code of the list, and what nobody chooses any more. */
static void
add_areas_below (YejiPublicPage *page,
                 const char     *parent,
                 const char     *chosen)
{
  GPtrArray *items = page->context->layout->areas->items;

  for (guint i = 0; i < items->len; i++)
    {
      const YejiCode *item = g_ptr_array_index (items, i);

      if (g_strcmp0 (item->parent, parent) == 0 && item->status == YEJI_CODE_CURRENT)
        add_option (page, item->code, item->name, chosen);
    }
}

static gboolean
has_children (const YejiCodeList *list,
              const char         *code)
{
  for (guint i = 0; i < list->items->len; i++)
    {
      const YejiCode *item = g_ptr_array_index (list->items, i);

      if (g_strcmp0 (item->parent, code) == 0)
        return TRUE;
    }
  return FALSE;
}

/* One list of cities, each with its counties: it needs no script. */
static void
add_areas (YejiPublicPage *page,
           const char     *chosen)
{
  const YejiCodeList *list = page->context->layout->areas;

  open_select (page, "area", yeji_public_page_say (page, "所在地区", "Area"));
  add_option (page, "", yeji_public_page_say (page, "全省", "Whole province"), chosen);
  for (guint i = 0; list != NULL && i < list->items->len; i++)
    {
      const YejiCode *city = g_ptr_array_index (list->items, i);
      const YejiCode *above = city->parent != NULL ? yeji_code_list_find (list, city->parent) : NULL;

      if (above == NULL || above->parent != NULL)
        continue;
      if (!has_children (list, city->code))
        {
          add_option (page, city->code, city->name, chosen);
          continue;
        }
      {
        g_autofree char *all = g_strdup_printf (yeji_public_page_say (page, "%s（全部）", "%s (all)"),
                                                city->name);

        yeji_html_open (page->html, "optgroup", "label", city->name, NULL);
        add_option (page, city->code, all, chosen);
        add_areas_below (page, city->code, chosen);
        yeji_html_close (page->html);
      }
    }
  close_select (page);
}

static void
add_grades (YejiPublicPage *page,
            const char     *chosen)
{
  const YejiCodeList *list = page->context->layout->grades;

  open_select (page, "grade", yeji_public_page_say (page, "数据等级", "Grade"));
  add_option (page, "", yeji_public_page_say (page, "不限", "Any"), chosen);
  for (guint i = 0; list != NULL && i < list->items->len; i++)
    {
      const YejiCode *item = g_ptr_array_index (list->items, i);
      g_autofree char *label = g_strdup_printf ("%s  %s", item->code, item->name);

      add_option (page, item->code, label, chosen);
    }
  close_select (page);
}

static void
add_kinds (YejiPublicPage *page,
           const char     *chosen)
{
  const YejiFieldDef *field = page->context->layout->kind;

  if (field == NULL || field->codes == NULL)
    return;
  open_select (page, "kind", yeji_text_get (&field->label, page->language));
  add_option (page, "", yeji_public_page_say (page, "不限", "Any"), chosen);
  for (guint i = 0; i < field->codes->items->len; i++)
    {
      const YejiCode *item = g_ptr_array_index (field->codes->items, i);

      add_option (page, item->code, item->name, chosen);
    }
  close_select (page);
}

static void
add_roles (YejiPublicPage *page,
           const char     *chosen)
{
  GPtrArray *roles = yeji_dictionary_get_roles (page->context->dictionary);

  open_select (page, "role", yeji_public_page_say (page, "企业角色", "Role"));
  add_option (page, "", yeji_public_page_say (page, "不限", "Any"), chosen);
  for (guint i = 0; i < roles->len; i++)
    {
      const YejiRole *role = g_ptr_array_index (roles, i);

      add_option (page, role->id, yeji_text_get (&role->label, page->language), chosen);
    }
  close_select (page);
}

static void
add_states (YejiPublicPage *page,
            const char     *chosen)
{
  static const char * const states[] = {
    YEJI_LISTING_APPROVED, YEJI_LISTING_ONGOING, YEJI_LISTING_FINISHED, YEJI_LISTING_REVOKED,
    YEJI_LISTING_WITHDRAWN,
  };

  open_select (page, "state", yeji_public_page_say (page, "状态", "State"));
  add_option (page, "", yeji_public_page_say (page, "不限", "Any"), chosen);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    add_option (page, states[i], yeji_public_page_name_state (page, states[i]), chosen);
  close_select (page);
}

static void
add_words (YejiPublicPage         *page,
           const YejiListingQuery *query)
{
  yeji_html_open (page->html, "div", "class", "words", NULL);
  yeji_html_open (page->html, "p", "class", "field in", NULL);
  yeji_html_leaf (page->html, "label", yeji_public_page_say (page, "查找范围", "Look in"), "for",
                  "f-in", NULL);
  yeji_html_open (page->html, "select", "id", "f-in", "name", "in", NULL);
  add_option (page, "", yeji_public_page_say (page, "名称、企业和编号", "Everything"),
              query->column);
  add_option (page, "name", yeji_public_page_say (page, "项目名称", "Project name"), query->column);
  add_option (page, "enterprise", yeji_public_page_say (page, "企业名称", "Enterprise"),
              query->column);
  add_option (page, "number", yeji_public_page_say (page, "编号", "Number"), query->column);
  close_select (page);
  yeji_html_open (page->html, "p", "class", "field q", NULL);
  yeji_html_leaf (page->html, "label",
                  yeji_public_page_say (page, "项目名称、企业名称或编号中的任意几个字",
                                        "Any part of a project's name, an enterprise or a number"),
                  "for", "f-q", NULL);
  yeji_html_void (page->html, "input", "id", "f-q", "name", "q", "type", "search", "value",
                  query->text, "maxlength", MAX_QUESTION, "autocomplete", "off", NULL);
  yeji_html_close (page->html);
  yeji_html_leaf (page->html, "button", yeji_public_page_say (page, "查询", "Search"), "type",
                  "submit", NULL);
  yeji_html_close (page->html);
}

static void
add_form (YejiPublicPage         *page,
          const YejiListingQuery *query)
{
  const char *lang = yeji_request_get_query (page->request, "lang");

  yeji_html_open (page->html, "form", "class", "search", "action", "/", "method", "get", "role",
                  "search", NULL);
  add_words (page, query);
  yeji_html_open (page->html, "div", "class", "filters", NULL);
  add_areas (page, query->area);
  add_grades (page, query->grade);
  add_kinds (page, query->kind);
  add_roles (page, query->role);
  add_states (page, query->state);
  open_select (page, "order", yeji_public_page_say (page, "排序", "Order"));
  add_option (page, "", yeji_public_page_say (page, "新审核的在前", "Newest first"),
              query->oldest_first ? "oldest" : "");
  add_option (page, "oldest", yeji_public_page_say (page, "早审核的在前", "Oldest first"),
              query->oldest_first ? "oldest" : "");
  close_select (page);
  yeji_html_close (page->html);
  if (lang != NULL)
    yeji_html_void (page->html, "input", "type", "hidden", "name", "lang", "value",
                    page->language == YEJI_LANGUAGE_EN ? "en" : "zh", NULL);
  yeji_html_close (page->html);
}

static void
add_count (YejiPublicPage *page,
           const Count    *count)
{
  gboolean graded = g_str_equal (count->state, YEJI_LISTING_APPROVED);
  g_autofree char *address = yeji_public_page_address (page, "/", "grade", count->grade, "state",
                                                       graded ? "" : count->state, NULL);
  g_autofree char *n = yeji_public_page_format_count (count->n);
  YejiListing listing = { .state = count->state, .grade = count->grade };

  yeji_html_open (page->html, "li", NULL);
  yeji_html_open (page->html, "a", "href", address, NULL);
  yeji_public_page_badges (page, &listing);
  yeji_html_leaf (page->html, "b", n, NULL);
  yeji_html_close (page->html);
  yeji_html_close (page->html);
}

/* What there is, for who has not asked for anything yet. */
static gboolean
add_counts (YejiPublicPage  *page,
            YejiSql         *sql,
            GError         **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT state, grade, n FROM listing_count"
                                              " WHERE n > 0 AND state NOT IN"
                                              "  ('revoked', 'withdrawn')"
                                              " ORDER BY state, grade", "");

  if (rows == NULL)
    return FALSE;
  yeji_html_open (page->html, "ul", "class", "counts", NULL);
  while (yeji_rows_next (rows, &local_error))
    {
      g_autofree char *state = yeji_rows_dup_text (rows, 0);
      g_autofree char *grade = yeji_rows_dup_text (rows, 1);
      Count count = { state, grade, yeji_rows_int (rows, 2) };

      add_count (page, &count);
    }
  yeji_html_close (page->html);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
add_cell (YejiPublicPage *page,
          const char     *class,
          const char     *label,
          const char     *text,
          const char     *below)
{
  yeji_html_open (page->html, "td", "class", class, "data-label", label, NULL);
  yeji_html_leaf (page->html, "span", text, NULL);
  if (below != NULL && *below != '\0')
    yeji_html_leaf (page->html, "small", below, NULL);
  yeji_html_close (page->html);
}

static void
add_project (YejiPublicPage    *page,
             const YejiListing *listing)
{
  const YejiFieldDef *kind = page->context->layout->kind;
  g_autofree char *path = g_strconcat ("/projects/", listing->uuid, NULL);
  g_autofree char *address = yeji_public_page_address (page, path, NULL);
  g_autofree char *area = yeji_public_page_name_area (page, listing->area);
  g_autofree char *day = yeji_public_page_format_day (listing->at);
  const char *system = NULL;

  if (listing->system != NULL)
    system = yeji_declared_systems_get_label (page->context->declared_systems, listing->system,
                                              page->language);
  yeji_html_open (page->html, "tr", NULL);
  yeji_html_open (page->html, "th", "scope", "row", "class", "name", NULL);
  yeji_html_leaf (page->html, "a", *listing->name != '\0' ? listing->name : listing->number, "href",
                  address, NULL);
  yeji_html_leaf (page->html, "small", listing->number, "class", "number", NULL);
  yeji_html_close (page->html);
  yeji_html_open (page->html, "td", "class", "stand", NULL);
  yeji_public_page_badges (page, listing);
  yeji_html_close (page->html);
  add_cell (page, "enterprise", yeji_public_page_say (page, "企业", "Enterprise"),
            listing->enterprise, yeji_public_page_name_role (page, listing->role));
  add_cell (page, "area", yeji_public_page_say (page, "所在地", "Area"), area,
            kind != NULL ? yeji_public_page_name_code (kind, listing->kind) : NULL);
  add_cell (page, "office", yeji_public_page_say (page, "审核", "Reviewed"),
            system != NULL ? system : listing->office, day);
  yeji_html_close (page->html);
}

static void
open_results (YejiPublicPage *page)
{
  const char *heads[] = {
    yeji_public_page_say (page, "项目名称和编号", "Project"),
    yeji_public_page_say (page, "等级", "Grade"),
    yeji_public_page_say (page, "企业和角色", "Enterprise"),
    yeji_public_page_say (page, "所在地和分类", "Area"),
    yeji_public_page_say (page, "审核部门和日期", "Reviewed by, on"),
  };

  yeji_html_open (page->html, "table", "class", "results", NULL);
  yeji_html_leaf (page->html, "caption", yeji_public_page_say (page, "查询结果", "Projects found"),
                  "class", "unseen", NULL);
  yeji_html_open (page->html, "thead", NULL);
  yeji_html_open (page->html, "tr", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    yeji_html_leaf (page->html, "th", heads[i], "scope", "col", NULL);
  yeji_html_close (page->html);
  yeji_html_close (page->html);
  yeji_html_open (page->html, "tbody", NULL);
}

/* Of a page of what is found, in the order that was asked for. */
static char *
make_address (YejiPublicPage         *page,
              const YejiListingQuery *query,
              gint64                  after,
              gint64                  before)
{
  g_autofree char *cursor = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (after, before));

  return yeji_public_page_address (page, "/", "q", query->text, "in", query->column, "area",
                                   query->area, "grade", query->grade, "kind", query->kind, "role",
                                   query->role, "state", query->state, "order",
                                   query->oldest_first ? "oldest" : NULL,
                                   before != 0 ? "before" : "after",
                                   MAX (after, before) != 0 ? cursor : NULL, NULL);
}

static void
add_way (YejiPublicPage         *page,
         const YejiListingQuery *query,
         const char             *label,
         const char             *member,
         gint64                  id,
         const char             *relation)
{
  g_autofree char *address = NULL;

  if (member != NULL && id == 0)
    return;
  address = g_strcmp0 (member, "before") == 0 ? make_address (page, query, 0, id)
                                              : make_address (page, query, id, 0);
  yeji_html_leaf (page->html, "a", label, "href", address, "rel", relation, NULL);
}

static void
add_ways (YejiPublicPage         *page,
          const YejiListingQuery *query,
          const YejiListingPage  *found)
{
  if (found->previous == 0 && found->next == 0)
    return;
  yeji_html_open (page->html, "nav", "class", "ways", "aria-label",
                  yeji_public_page_say (page, "翻页", "Pages"), NULL);
  if (found->previous != 0)
    add_way (page, query, yeji_public_page_say (page, "首页", "First page"), NULL, 0, NULL);
  add_way (page, query, yeji_public_page_say (page, "上一页", "Previous page"), "before",
           found->previous, "prev");
  add_way (page, query, yeji_public_page_say (page, "下一页", "Next page"), "after", found->next,
           "next");
  yeji_html_close (page->html);
}

static void
add_total (YejiPublicPage         *page,
           const YejiListingQuery *query,
           const YejiListingPage  *found)
{
  g_autofree char *n = yeji_public_page_format_count (found->total);
  g_autofree char *text = NULL;

  text = g_strdup_printf (found->at_least
                            ? yeji_public_page_say (page, "超过 %s 项", "More than %s projects")
                            : yeji_public_page_say (page, "共 %s 项",
                                                    found->total == 1 ? "%s project"
                                                                      : "%s projects"), n);
  yeji_html_open (page->html, "div", "class", "total", NULL);
  yeji_html_leaf (page->html, "h2", text, NULL);
  if (!yeji_listing_query_is_blank (query))
    {
      g_autofree char *home = yeji_public_page_address (page, "/", NULL);

      yeji_html_leaf (page->html, "a", yeji_public_page_say (page, "清除条件", "Clear the search"),
                      "href", home, NULL);
    }
  yeji_html_close (page->html);
}

/* What was found in the time that one search may take. */
static void
add_gave_up (YejiPublicPage         *page,
             const YejiListingQuery *query,
             const YejiListingPage  *found)
{
  yeji_html_open (page->html, "div", "class", "nothing", "role", "status", NULL);
  yeji_html_leaf (page->html, "h2",
                  yeji_public_page_say (page, "这次查询用时过长，已停止",
                                        "This search took too long and was ended"), NULL);
  yeji_html_leaf (page->html, "p",
                  yeji_public_page_say (page, "可能还有未列出的项目。请多写几个连在一起的字，或选择地区、等级后再查。",
                                        "There may be projects that are not listed. Write more"
                                        " characters that stand together, or choose an area or a"
                                        " grade."), NULL);
  if (found->items->len == 0)
    add_ways (page, query, found);
  yeji_html_close (page->html);
}

static void
add_nothing (YejiPublicPage *page,
             gboolean        good)
{
  yeji_html_open (page->html, "div", "class", "nothing", NULL);
  yeji_html_leaf (page->html, "h2", yeji_public_page_say (page, "没有找到项目", "No project found"),
                  NULL);
  if (!good)
    yeji_html_leaf (page->html, "p",
                    yeji_public_page_say (page, "查询内容不得超过 64 字。",
                                          "What is looked for has 64 characters at most."), NULL);
  yeji_html_leaf (page->html, "p",
                  yeji_public_page_say (page, "试试少写几个字，或放宽地区和等级。几个词之间用空格"
                                        "分开，每个词都要出现。",
                                        "Try fewer characters, or a wider area or grade. Words are"
                                        " separated by blanks, and all of them must occur."), NULL);
  yeji_html_close (page->html);
}

static void
add_condition (YejiPublicPage *page,
               GString        *text,
               const char     *label,
               const char     *value)
{
  if (*value == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, yeji_public_page_say (page, "；", "; "));
  g_string_append_printf (text, "%s%s%s", label, yeji_public_page_say (page, "：", ": "), value);
}

/* (transfer full): what was asked, in words */
static char *
name_question (YejiPublicPage         *page,
               const YejiListingQuery *query)
{
  const YejiFieldDef *kind = page->context->layout->kind;
  g_autofree char *area = yeji_public_page_name_area (page, query->area);
  GString *text = g_string_new (NULL);
  const char *label = yeji_public_page_say (page, "名称、企业或编号", "Name, enterprise or number");

  if (g_str_equal (query->column, "name"))
    label = yeji_public_page_say (page, "项目名称", "Project name");
  else if (g_str_equal (query->column, "enterprise"))
    label = yeji_public_page_say (page, "企业名称", "Enterprise");
  else if (g_str_equal (query->column, "number"))
    label = yeji_public_page_say (page, "编号", "Number");
  add_condition (page, text, label, query->text);
  add_condition (page, text, yeji_public_page_say (page, "所在地区", "Area"), area);
  add_condition (page, text, yeji_public_page_say (page, "数据等级", "Grade"), query->grade);
  if (kind != NULL)
    add_condition (page, text, yeji_text_get (&kind->label, page->language),
                   yeji_public_page_name_code (kind, query->kind));
  add_condition (page, text, yeji_public_page_say (page, "企业角色", "Role"),
                 yeji_public_page_name_role (page, query->role));
  if (*query->state != '\0')
    add_condition (page, text, yeji_public_page_say (page, "状态", "State"),
                   yeji_public_page_name_state (page, query->state));
  add_condition (page, text, yeji_public_page_say (page, "排序", "Order"),
                 query->oldest_first ? yeji_public_page_say (page, "早审核的在前", "Oldest first")
                                     : yeji_public_page_say (page, "新审核的在前", "Newest first"));
  return g_string_free (text, FALSE);
}

/* The form is not printed. */
static void
add_paper (YejiPublicPage         *page,
           const YejiListingQuery *query)
{
  g_autofree char *question = name_question (page, query);
  g_autofree char *address = make_address (page, query, query->after, query->before);

  yeji_html_open (page->html, "div", "class", "printed", NULL);
  yeji_html_leaf (page->html, "p", question, NULL);
  yeji_html_open (page->html, "p", "class", "paper", NULL);
  yeji_public_page_paper (page, address);
  yeji_html_close (page->html);
  yeji_html_close (page->html);
}

static void
add_results (YejiPublicPage         *page,
             const YejiListingQuery *query,
             const YejiListingPage  *found)
{
  add_total (page, query, found);
  open_results (page);
  for (guint i = 0; i < found->items->len; i++)
    add_project (page, g_ptr_array_index (found->items, i));
  yeji_html_close (page->html);
  yeji_html_close (page->html);
  add_ways (page, query, found);
}

/**
 * yeji_public_search_page:
 *
 * `GET /?q=TEXT...`: the public search for people; the same members as of yeji_public_list(), and
 * `lang`.
 */
YejiResponse *
yeji_public_search_page (YejiServerContext  *context,
                         YejiSql            *sql,
                         YejiRequest        *request,
                         GError            **error)
{
  g_auto (YejiListingPage) found = { NULL };
  YejiListingQuery query;
  YejiPublicPage page;
  gboolean good = yeji_listing_query_read (&query, context, request);

  if (good && !yeji_listing_search (sql, &query, &found, error))
    return NULL;
  yeji_public_page_begin (&page, context, request, NULL);
  yeji_html_leaf (page.html, "h1", yeji_public_page_say (&page, "工程项目", "Projects"), NULL);
  add_form (&page, &query);
  if (yeji_listing_query_is_blank (&query) && !add_counts (&page, sql, error))
    {
      g_clear_pointer (&page.html, yeji_html_free);
      return NULL;
    }
  if (good)
    add_paper (&page, &query);
  if (found.gave_up)
    add_gave_up (&page, &query, &found);
  if (!good || (found.items->len == 0 && !found.gave_up))
    add_nothing (&page, good);
  else if (found.items->len > 0)
    add_results (&page, &query, &found);
  return yeji_public_page_end (&page, good ? 200 : 400);
}
