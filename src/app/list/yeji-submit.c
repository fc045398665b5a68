// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-submit"

#include "config.h"

#include "yeji-submit.h"

#include <glib/gi18n.h>

#include "yeji-conflict-bar.h"
#include "yeji-messages.h"
#include "yeji-point.h"
#include "yeji-record-jobs.h"
#include "yeji-sample.h"
#include "yeji-toast.h"
#include "yeji-window-bulk.h"

/* So many open points are named before they are submitted. */
#define MAX_NAMED 6

/* One wish to submit, until it is granted or taken back. */
typedef struct
{
  YejiEditor *editor;
  AdwToastOverlay *toasts;
  YejiSyncEngine *engine;
  YejiDraft *draft;
  gboolean files_follow;       /* the record goes first, its documents after it */
} Wish;

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->editor);
  g_object_unref (wish->toasts);
  g_object_unref (wish->engine);
  g_object_unref (wish->draft);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

static Wish *
wish_copy (Wish *wish)
{
  Wish *copy = g_new (Wish, 1);

  copy->editor = g_object_ref (wish->editor);
  copy->toasts = g_object_ref (wish->toasts);
  copy->engine = g_object_ref (wish->engine);
  copy->draft = g_object_ref (wish->draft);
  copy->files_follow = wish->files_follow;
  return copy;
}

static void
on_queued (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Wish) wish = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AdwToast) toast = NULL;
  const char *const uuids[] = { yeji_draft_get_uuid (wish->draft), NULL };

  if (!yeji_record_jobs_submit_finish (result, &error))
    {
      g_autofree char *sentence = yeji_error_to_sentence (error);

      g_message ("%s", error->message);
      toast = yeji_toast_show_now (wish->toasts, sentence);
      return;
    }
  switch (yeji_sync_engine_get_state (wish->engine))
    {
    case YEJI_SYNC_STOPPED:
    case YEJI_SYNC_SIGNED_OUT:
    case YEJI_SYNC_ENDED:
      toast = yeji_toast_ask (wish->toasts, _("Waiting to be sent. Sign in to send it."),
                              _("_Sign In"), "win.sign-in");
      break;
    case YEJI_SYNC_OFFLINE:
    case YEJI_SYNC_BUSY:
    case YEJI_SYNC_TROUBLE:
    case YEJI_SYNC_INCOMPATIBLE:
      yeji_window_bulk_offer_take_back (wish->toasts,
                                        _("Waiting to be sent. It goes out as soon as the province "
                                          "can be reached."), uuids);
      break;
    case YEJI_SYNC_SIGNING_IN:
    case YEJI_SYNC_RUNNING:
      yeji_window_bulk_offer_take_back (wish->toasts, _("Submitting to the province…"), uuids);
      break;
    case YEJI_SYNC_ONLINE:
    case N_YEJI_SYNC_STATES:
    default:
      toast = yeji_toast_show_now (wish->toasts, _("Submitting to the province…"));
    }
  yeji_sync_engine_wake (wish->engine);
}

static void
show_first (Wish *wish)
{
  GListModel *issues = yeji_draft_get_issues (wish->draft);
  g_autoptr (YejiIssue) first = g_list_model_get_item (issues, 0);

  yeji_editor_show_pane (wish->editor, "problems");
  if (first != NULL)
    yeji_editor_show_issue (wish->editor, first);
}

static void
refuse (Wish  *wish,
        guint  errors)
{
  g_autofree char *text = NULL;
  g_autoptr (AdwToast) toast = NULL;

  text = g_strdup_printf (ngettext ("%u error must be corrected before this can be submitted",
                                    "%u errors must be corrected before this can be submitted",
                                    errors), errors);
  toast = yeji_toast_show_now (wish->toasts, text);
  adw_toast_set_timeout (toast, 3);  /* it may lie over the field that is gone to */
  show_first (wish);
}

static void
go_to_point (Wish *wish)
{
  GListModel *points = yeji_draft_get_points (wish->draft);
  guint n = g_list_model_get_n_items (points);

  yeji_editor_show_pane (wish->editor, "points");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIssue) point = g_list_model_get_item (points, i);

      if (yeji_point_get_status (wish->draft, point) != YEJI_POINT_OPEN)
        continue;
      yeji_editor_show_issue (wish->editor, point);
      return;
    }
}

static void
submit (Wish *wish)
{
  if (wish->files_follow)
    yeji_record_jobs_submit_first_async (wish->draft, on_queued, wish_copy (wish));
  else
    yeji_record_jobs_submit_async (wish->draft, on_queued, wish_copy (wish));
}

static void
on_answer (AdwMessageDialog *dialog,
           const char       *response,
           Wish             *wish)
{
  if (yeji_editor_get_draft (wish->editor) != wish->draft)
    return;
  if (g_str_equal (response, "submit"))
    submit (wish);
  else if (g_str_equal (response, "conflicts"))
    gtk_widget_activate_action (GTK_WIDGET (wish->editor), "win.compare-conflicts", NULL);
  else if (g_str_equal (response, "points"))
    go_to_point (wish);
  else if (g_str_equal (response, "look"))
    show_first (wish);
}

static void
free_wish (gpointer  data,
           GClosure *closure)
{
  wish_free (data);
}

/* The points by their places, one a line; of many the first. */
static char *
name_points (YejiDraft *draft)
{
  GListModel *points = yeji_draft_get_points (draft);
  guint n = g_list_model_get_n_items (points);
  g_autoptr (GString) text = g_string_new (NULL);
  guint named = 0;

  for (guint i = 0; i < n && named <= MAX_NAMED; i++)
    {
      g_autoptr (YejiIssue) point = g_list_model_get_item (points, i);
      g_autofree char *place = yeji_issue_get_place (point);

      if (yeji_point_get_status (draft, point) != YEJI_POINT_OPEN)
        continue;
      named++;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                              named > MAX_NAMED ? "…" : place);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Where the province changed what the clerk changed, and what becomes of it. */
static void
name_conflicts (YejiDraft *draft,
                GString   *text)
{
  const char *names = yeji_conflicts_get_names (draft);

  if (names != NULL && *names != '\0')
    g_string_append_printf (text, "%s\n\n", names);
  g_string_append (text, _("The province changed them as well. What is here is submitted, and the "
                           "province's is overwritten."));
}

static char *
make_heading (guint conflicts,
              guint points,
              guint warnings)
{
  if (conflicts > 0)
    return g_strdup_printf (ngettext ("%u Conflict Is Not Decided",
                                      "%u Conflicts Are Not Decided", conflicts), conflicts);
  if (points > 0)
    return g_strdup_printf (ngettext ("%u Remark of the Reviewer Is Open",
                                      "%u Remarks of the Reviewer Are Open", points), points);
  return g_strdup_printf (ngettext ("%u Warning Has No Reason", "%u Warnings Have No Reason",
                                    warnings), warnings);
}

static char *
make_body (Wish  *wish,
           guint  conflicts,
           guint  points,
           guint  warnings)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *places = NULL;

  if (conflicts > 0)
    {
      name_conflicts (wish->draft, text);
      if (points > 0 || warnings > 0)
        g_string_append (text, "\n\n");
    }
  if (points > 0)
    {
      places = name_points (wish->draft);
      g_string_append (text, places);
      g_string_append (text, "\n\n");
      g_string_append (text, _("Neither mended nor explained, they will probably be returned "
                               "again."));
    }
  if (points > 0 && warnings > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("%u warning has no reason, too.",
                                              "%u warnings have no reason, too.", warnings),
                              warnings);
    }
  else if (warnings > 0)
    g_string_append (text, _("The record can be submitted all the same. The reviewer will ask "
                             "about them: correct them, or keep them with a reason."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A warning may be right, and a remark may be wrong: the clerk decides, and is asked once rather
 * than stopped. */
static void
ask (Wish  *wish,
     guint  conflicts,
     guint  points,
     guint  warnings)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (wish->editor)));
  g_autofree char *heading = make_heading (conflicts, points, warnings);
  g_autofree char *body = make_body (wish, conflicts, points, warnings);
  const char *look = conflicts > 0 ? "conflicts" : points > 0 ? "points" : "look";
  GtkWidget *dialog = adw_message_dialog_new (window, heading, body);

  gtk_window_set_title (GTK_WINDOW (dialog), heading);  /* what a screen reader calls it */
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), look,
                                    _("_Look at Them"), "submit", _("_Submit"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "submit",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), look);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_answer), wish_copy (wish), free_wish,
                         0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * yeji_submit_run:
 * @toasts: where it is said what became of it
 * @files_follow: whether the record goes first, and its documents after it
 *
 * Submits the record in the editor. Errors are shown instead; about warnings without a reason and
 * about the reviewer's points that are open, and about conflicts, it asks once.
 */
void
yeji_submit_run (YejiEditor      *editor,
                 AdwToastOverlay *toasts,
                 YejiSyncEngine  *engine,
                 gboolean         files_follow)
{
  Wish wish = { editor, toasts, engine, yeji_editor_get_draft (editor), files_follow };
  guint errors, warnings, points, conflicts;

  if (yeji_sample_is (yeji_draft_get_uuid (wish.draft)))
    {
      yeji_toast_say (toasts, _("This is a sample: everything in it is invented, and it cannot be "
                                "submitted."));
      return;
    }
  yeji_draft_validate (wish.draft);
  errors = yeji_draft_count_issues (wish.draft, NULL, NULL, YEJI_SEVERITY_ERROR);
  warnings = yeji_draft_count_issues (wish.draft, NULL, NULL, YEJI_SEVERITY_WARNING);
  points = yeji_points_count (wish.draft, YEJI_POINT_OPEN);
  conflicts = yeji_entry_get_n_conflicts (yeji_draft_get_entry (wish.draft));
  if (errors > 0)
    refuse (&wish, errors);
  else if (warnings > 0 || points > 0 || conflicts > 0)
    ask (&wish, conflicts, points, warnings);
  else
    submit (&wish);
}
