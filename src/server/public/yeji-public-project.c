// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-public"

#include "config.h"

#include "yeji-public-page.h"

#include <string.h>

#include "yeji-publication.h"
#include "yeji-public-tables.h"
#include "yeji-public-trace.h"

static const struct
{
  const char *kind;
  const char *name[N_YEJI_LANGUAGES];
} events[] = {
  { YEJI_PUBLICATION_PUBLISHED, { "审核通过并公示", "Approved and published" } },
  { YEJI_PUBLICATION_REGRADED, { "数据等级变更", "Grade changed" } },
  { YEJI_PUBLICATION_CORRECTED, { "信息更正", "Corrected" } },
  { YEJI_PUBLICATION_REVOKED, { "撤销", "Revoked" } },
  { YEJI_PUBLICATION_WITHDRAWN, { "撤回", "Withdrawn" } },
};

static const char *
name_event (YejiPublicPage *page,
            const char     *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    if (g_str_equal (events[i].kind, kind))
      return events[i].name[page->language];
  return kind;
}

static void
add_pair (YejiPublicPage *page,
          const char     *label,
          const char     *value)
{
  if (value == NULL || *value == '\0')
    return;
  yeji_html_open (page->html, "div", NULL);
  yeji_html_leaf (page->html, "dt", label, NULL);
  yeji_html_leaf (page->html, "dd", value, NULL);
  yeji_html_close (page->html);
}

/* The grade is of the office that reviewed it: they stand together. */
static void
add_review (YejiPublicPage    *page,
            const YejiListing *listing)
{
  g_autofree char *day = yeji_public_page_format_day (listing->at);
  g_autofree char *grade = g_strdup_printf ("%s  %s", listing->grade,
                                            yeji_public_page_name_grade (page, listing->grade));

  yeji_html_open (page->html, "dl", "class", "pairs review", NULL);
  add_pair (page, yeji_public_page_say (page, "数据等级", "Grade"), grade);
  add_pair (page, yeji_public_page_say (page, "审核部门", "Reviewed by"), listing->office);
  add_pair (page, yeji_public_page_say (page, "审核人", "Reviewer"), listing->reviewer);
  add_pair (page, yeji_public_page_say (page, "审核日期", "Reviewed on"), day);
  yeji_html_close (page->html);
}

static void
add_declared (YejiPublicPage    *page,
              const YejiListing *listing)
{
  const char *system = yeji_declared_systems_get_label (page->context->declared_systems,
                                                        listing->system, page->language);
  g_autofree char *day = yeji_public_page_format_day (listing->at);

  yeji_html_leaf (page->html, "p",
                  yeji_public_page_say (page,
                    "本项目来自下列系统的申报信息，未经业绩审核，没有数据等级。",
                    "This project was declared in the system below. It was not reviewed here and has"
                    " no grade."), "class", "note", NULL);
  yeji_html_open (page->html, "dl", "class", "pairs review", NULL);
  add_pair (page, yeji_public_page_say (page, "来源系统", "Declared in"), system);
  add_pair (page, yeji_public_page_say (page, "项目状态", "State"),
            yeji_public_page_name_state (page, listing->state));
  add_pair (page, yeji_public_page_say (page, "日期", "Date"), day);
  yeji_html_close (page->html);
}

static void
add_gone (YejiPublicPage    *page,
          const YejiListing *listing)
{
  gboolean revoked = g_str_equal (listing->state, YEJI_LISTING_REVOKED);
  const char *text = revoked
    ? yeji_public_page_say (page, "该项目业绩已被撤销，不得使用。原公示内容不再显示，处理记录见下。",
                            "This project was revoked and must not be used. What was published is"
                            " not shown any more; what happened stands below.")
    : yeji_public_page_say (page, "该项目业绩已撤回。原公示内容不再显示，处理记录见下。",
                            "This project was withdrawn. What was published is not shown any more;"
                            " what happened stands below.");

  yeji_html_leaf (page->html, "p", text, "class", "note gone", NULL);
}

static void
add_head (YejiPublicPage    *page,
          const YejiListing *listing)
{
  g_autofree char *area = yeji_public_page_name_area (page, listing->area);
  g_autofree char *home = yeji_public_page_address (page, "/", NULL);
  const YejiFieldDef *kind = page->context->layout->kind;

  yeji_html_open (page->html, "p", "class", "back", NULL);
  yeji_html_leaf (page->html, "a", yeji_public_page_say (page, "‹ 工程项目查询", "‹ Search projects"),
                  "href", home, NULL);
  yeji_html_close (page->html);
  yeji_html_open (page->html, "div", "class", "title", NULL);
  yeji_html_leaf (page->html, "h1", *listing->name != '\0' ? listing->name : listing->number, NULL);
  yeji_public_page_badges (page, listing);
  yeji_html_close (page->html);
  yeji_html_open (page->html, "dl", "class", "pairs", NULL);
  add_pair (page, yeji_public_page_say (page, "项目编号", "Number"), listing->number);
  add_pair (page, yeji_public_page_say (page, "企业", "Enterprise"), listing->enterprise);
  add_pair (page, yeji_public_page_say (page, "企业角色", "Role"),
            yeji_public_page_name_role (page, listing->role));
  add_pair (page, yeji_public_page_say (page, "所在地", "Area"), area);
  if (kind != NULL)
    add_pair (page, yeji_text_get (&kind->label, page->language),
              yeji_public_page_name_code (kind, listing->kind));
  yeji_html_close (page->html);
}

static char *
format_change (YejiPublicPage         *page,
               const YejiPublicChange *change,
               const char             *value)
{
  if (*value == '\0')
    return g_strdup (yeji_public_page_say (page, "（空）", "(empty)"));
  return yeji_public_page_format (page, change->field, value);
}

/* A personal value, or one that says nothing without it. */
static gboolean
is_private (YejiPublicPage         *page,
            const YejiPublicChange *change)
{
  return change->field == NULL || change->field->personal != YEJI_PERSONAL_NO
         || g_ptr_array_find (page->context->layout->hidden, change->field, NULL);
}

/* Several of them beside each other are told once. */
static void
add_private (YejiPublicPage *page,
             gboolean       *told)
{
  if (!*told)
    yeji_html_leaf (page->html, "li",
                    yeji_public_page_say (page, "不公开的内容", "Something that is not published"),
                    NULL);
  *told = TRUE;
}

static void
add_value (YejiPublicPage         *page,
           const YejiPublicChange *change)
{
  g_autofree char *before = format_change (page, change, change->before);
  g_autofree char *after = format_change (page, change, change->after);

  yeji_html_open (page->html, "li", NULL);
  yeji_html_text (page->html, yeji_text_get (&change->field->table->label, page->language));
  yeji_html_text (page->html, " · ");
  yeji_html_text (page->html, yeji_text_get (&change->field->label, page->language));
  yeji_html_text (page->html, yeji_public_page_say (page, "：", ": "));
  yeji_html_leaf (page->html, "del", before, NULL);
  yeji_html_text (page->html, " → ");
  yeji_html_leaf (page->html, "ins", after, NULL);
  yeji_html_close (page->html);
}

/* What stands in a row that came or went. What it takes over from the project says nothing. */
static void
add_row_value (YejiPublicPage         *page,
               const YejiPublicChange *row,
               const YejiPublicChange *change)
{
  const char *value = row->added ? change->after : change->before;
  g_autofree char *text = NULL;

  if (change->field->inherits != NULL || *value == '\0')
    return;
  text = format_change (page, change, value);
  yeji_html_open (page->html, "li", NULL);
  yeji_html_text (page->html, yeji_text_get (&change->field->label, page->language));
  yeji_html_text (page->html, yeji_public_page_say (page, "：", ": "));
  yeji_html_leaf (page->html, row->added ? "ins" : "del", text, NULL);
  yeji_html_close (page->html);
}

static gboolean
is_within (const YejiPublicChange *row,
           const YejiPublicChange *change)
{
  gsize length = strlen (row->pointer);

  return change->table == NULL && strncmp (change->pointer, row->pointer, length) == 0
         && change->pointer[length] == '/';
}

/* Returns how many changes that took: the row, and those of its values behind it. */
static guint
add_row (YejiPublicPage *page,
         GPtrArray      *changes,
         guint           first)
{
  const YejiPublicChange *row = g_ptr_array_index (changes, first);
  const char *words = row->added ? yeji_public_page_say (page, "%s %u：增加", "%s %u: added")
                                 : yeji_public_page_say (page, "%s %u：删除", "%s %u: removed");
  const char *label = yeji_text_get (&row->table->label, page->language);
  g_autofree char *text = g_strdup_printf (words, label, row->number);
  gboolean told = FALSE;
  guint i;

  yeji_html_open (page->html, "li", NULL);
  yeji_html_leaf (page->html, "strong", text, NULL);
  for (i = first + 1; i < changes->len; i++)
    {
      const YejiPublicChange *change = g_ptr_array_index (changes, i);

      if (!is_within (row, change))
        break;
      if (i == first + 1)
        yeji_html_open (page->html, "ul", NULL);
      if (is_private (page, change))
        add_private (page, &told);
      else
        add_row_value (page, row, change);
    }
  if (i > first + 1)
    yeji_html_close (page->html);
  yeji_html_close (page->html);
  return i - first;
}

static void
add_changes (YejiPublicPage *page,
             GPtrArray      *changes)
{
  gboolean told = FALSE;
  guint i = 0;

  yeji_html_open (page->html, "ul", "class", "changes", NULL);
  while (i < changes->len)
    {
      const YejiPublicChange *change = g_ptr_array_index (changes, i);

      if (change->table != NULL)
        {
          i += add_row (page, changes, i);
          told = FALSE;
          continue;
        }
      i++;
      if (is_private (page, change))
        {
          add_private (page, &told);
          continue;
        }
      add_value (page, change);
      told = FALSE;
    }
  yeji_html_close (page->html);
}

static void
add_event (YejiPublicPage        *page,
           const YejiPublicEvent *event,
           const char            *grade_before)
{
  g_autofree char *day = yeji_public_page_format_day (event->at);
  g_autofree char *grade = NULL;

  yeji_html_open (page->html, "li", "class", event->kind, NULL);
  yeji_html_leaf (page->html, "time", day, "datetime", event->at, NULL);
  yeji_html_open (page->html, "div", NULL);
  yeji_html_open (page->html, "p", NULL);
  yeji_html_leaf (page->html, "strong", name_event (page, event->kind), NULL);
  if (event->grade != NULL && !yeji_listing_is_gone (event->kind))
    {
      gboolean changed = grade_before != NULL && !g_str_equal (grade_before, event->grade);

      grade = changed ? g_strdup_printf (yeji_public_page_say (page, "  %s 级 → %s 级", "  %s → %s"),
                                         grade_before, event->grade)
                      : g_strdup_printf (yeji_public_page_say (page, "  %s 级", "  grade %s"),
                                         event->grade);
      yeji_html_leaf (page->html, "span", grade, NULL);
    }
  yeji_html_close (page->html);
  yeji_html_open (page->html, "p", "class", "who", NULL);
  yeji_html_text (page->html, event->office);
  yeji_html_text (page->html, "  ");
  yeji_html_text (page->html, event->reviewer);
  yeji_html_close (page->html);
  if (event->reason != NULL)
    {
      yeji_html_open (page->html, "p", NULL);
      yeji_html_text (page->html, yeji_public_page_say (page, "原因：", "Reason: "));
      yeji_html_lines (page->html, event->reason);
      yeji_html_close (page->html);
    }
  if (event->changes->len > 0)
    add_changes (page, event->changes);
  yeji_html_close (page->html);
  yeji_html_close (page->html);
}

static void
add_trace (YejiPublicPage *page,
           GPtrArray      *trace)
{
  const char *grade = NULL;

  if (trace->len == 0)
    return;
  yeji_html_open (page->html, "section", "class", "sheet", "id", "trace", NULL);
  yeji_html_leaf (page->html, "h2", yeji_public_page_say (page, "公示记录", "What was done"), NULL);
  yeji_html_open (page->html, "ol", "class", "trace", NULL);
  for (guint i = 0; i < trace->len; i++)
    {
      const YejiPublicEvent *event = g_ptr_array_index (trace, i);

      add_event (page, event, grade);
      grade = event->grade != NULL ? event->grade : grade;
    }
  yeji_html_close (page->html);
  yeji_html_close (page->html);
}

static void
add_paper (YejiPublicPage    *page,
           const YejiListing *listing)
{
  g_autofree char *path = g_strconcat ("/projects/", listing->uuid, NULL);
  g_autofree char *data = g_strconcat ("/v1/public/projects/", listing->uuid, NULL);

  yeji_html_open (page->html, "p", "class", "paper", NULL);
  yeji_public_page_paper (page, path);
  yeji_html_text (page->html, "  ");
  yeji_html_leaf (page->html, "a", yeji_public_page_say (page, "数据（JSON）", "As data (JSON)"),
                  "href", data, "class", "screen", NULL);
  yeji_html_close (page->html);
}

static YejiResponse *
answer_nothing (YejiServerContext *context,
                YejiRequest       *request)
{
  YejiPublicPage page;
  g_autofree char *home = NULL;

  yeji_public_page_begin (&page, context, request,
                          request->language == YEJI_LANGUAGE_EN ? "Not found" : "没有这个项目");
  home = yeji_public_page_address (&page, "/", NULL);
  yeji_html_leaf (page.html, "h1", yeji_public_page_say (&page, "没有这个项目", "No such project"),
                  NULL);
  yeji_html_open (page.html, "p", NULL);
  yeji_html_leaf (page.html, "a", yeji_public_page_say (&page, "工程项目查询", "Search projects"),
                  "href", home, NULL);
  yeji_html_close (page.html);
  return yeji_public_page_end (&page, 404);
}

static gboolean
add_content (YejiPublicPage     *page,
             const YejiListing  *listing,
             const char         *body,
             GError            **error)
{
  g_autoptr (YejiRecord) record = NULL;

  if (body != NULL)
    {
      record = yeji_server_dictionary_read (page->context->versions, body, NULL, error);
      if (record == NULL)
        return FALSE;
    }
  add_head (page, listing);
  if (yeji_listing_is_gone (listing->state))
    add_gone (page, listing);
  else if (listing->system != NULL)
    add_declared (page, listing);
  else
    add_review (page, listing);
  if (record != NULL)
    yeji_public_tables_add (page, record);
  return TRUE;
}

/**
 * yeji_public_project_page:
 *
 * `GET /projects/{uuid}`: all that is public of a project, for people.
 */
YejiResponse *
yeji_public_project_page (YejiServerContext  *context,
                          YejiSql            *sql,
                          YejiRequest        *request,
                          GError            **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) trace = yeji_public_trace_read (context, sql, request->target, error);
  g_autoptr (YejiRows) rows = NULL;
  YejiListing listing;
  YejiPublicPage page;

  if (trace == NULL)
    return NULL;
  rows = yeji_sql_query (sql, error,
                         "SELECT " YEJI_LISTING_COLUMNS ", (SELECT body FROM publication"
                         "  WHERE publication.uuid = listing.uuid) FROM listing WHERE uuid = ?1"
                         " AND " YEJI_STAGING_SEEN ("listing"), "s", request->target);
  if (rows == NULL)
    return NULL;
  if (!yeji_rows_next (rows, &local_error))
    {
      if (local_error == NULL)
        return answer_nothing (context, request);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  yeji_listing_read (rows, &listing);
  yeji_public_page_begin (&page, context, request,
                          *listing.name != '\0' ? listing.name : listing.number);
  yeji_html_open (page.html, "article", "class", "project", NULL);
  if (!add_content (&page, &listing, yeji_rows_text (rows, YEJI_LISTING_N_COLUMNS), error))
    {
      g_clear_pointer (&page.html, yeji_html_free);
      return NULL;
    }
  add_trace (&page, trace);
  add_paper (&page, &listing);
  yeji_html_close (page.html);
  return yeji_public_page_end (&page, 200);
}
