// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-compare"

#include "config.h"

#include "yeji-window-compare.h"

#include <string.h>

#include <glib/gi18n.h>

#include "yeji-compare-load.h"
#include "yeji-compare-picker.h"
#include "yeji-compare-window.h"
#include "yeji-conflict-decision.h"
#include "yeji-messages.h"
#include "yeji-toast.h"

/* What the window does about records side by side. */

#define PLACE_KEY "yeji-compare-place"

/* One window of a comparison, and what it is of. */
typedef struct
{
  YejiWindow *window;          /* (nullable): weak */
  YejiCompareWindow *compare;  /* (nullable): weak */
  YejiStore *store;
  YejiCompareKind kind;
  char *uuid;
  char *other;                 /* (nullable) */
  guint asked;
} Side;

static void
free_side (gpointer data)
{
  Side *side = data;

  g_clear_weak_pointer (&side->window);
  g_clear_weak_pointer (&side->compare);
  g_clear_object (&side->store);
  g_free (side->uuid);
  g_free (side->other);
}

static void
unref_side (gpointer  data,
            GClosure *closure)
{
  g_rc_box_release_full (data, free_side);
}

static void
release_side (Side *side)
{
  g_rc_box_release_full (side, free_side);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Side, release_side)

/* The draft on screen, if it is the first record of the comparison. */
static YejiDraft *
find_draft (Side *side)
{
  YejiDraft *draft = side->window != NULL ? yeji_window_get_draft (side->window) : NULL;

  return draft != NULL && g_str_equal (yeji_draft_get_uuid (draft), side->uuid) ? draft : NULL;
}

/* ---- What is shown */

static char *
name_it (const char *name)
{
  return g_strdup (name != NULL && *name != '\0' ? name : _("(without a name)"));
}

static void
name_sides (Side                  *side,
            const YejiCompareLoad *load)
{
  g_autofree char *mine = NULL;
  g_autofree char *theirs = NULL;

  if (side->kind == YEJI_COMPARE_RECORDS)
    {
      mine = name_it (load->names[0]);
      theirs = name_it (load->names[1]);
    }
  else if (side->kind == YEJI_COMPARE_CONFLICTS)
    {
      mine = g_strdup (_("Mine, on this computer"));
      theirs = g_strdup (_("The province's, or another computer's"));
    }
  else
    {
      g_autofree char *at = load->at != NULL ? yeji_moment_to_text (load->at) : NULL;

      mine = g_strdup (_("Now"));
      theirs = at != NULL ? g_strdup_printf (_("Submitted, as of %s"), at)
                          : g_strdup (_("Submitted"));
    }
  yeji_compare_window_set_sides (side->compare, mine, theirs);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Side) side = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiCompareLoad) load = yeji_compare_load_finish (result, &error);
  g_autofree char *sentence = NULL;

  if (side->compare == NULL)
    return;
  if (load != NULL)
    {
      name_sides (side, load);
      yeji_compare_window_take (side->compare, g_steal_pointer (&load->comparison));
      return;
    }
  sentence = side->kind == YEJI_COMPARE_SUBMITTED
             && g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE)
               ? g_strdup (_("This record was not submitted yet."))
               : yeji_error_to_sentence (error);
  yeji_compare_window_fail (side->compare, sentence);
}

static void
refresh (Side *side)
{
  YejiDraft *draft = find_draft (side);

  yeji_compare_load_async (side->store, side->kind, side->uuid, side->other,
                           draft != NULL ? yeji_draft_get_record (draft) : NULL, side->compare,
                           on_loaded, g_rc_box_acquire (side));
}

static void
on_store_changed (YejiStore  *store,
                  const char *uuid,
                  Side       *side)
{
  if (side->compare == NULL)
    return;
  if (uuid == NULL || g_str_equal (uuid, side->uuid) || g_strcmp0 (uuid, side->other) == 0)
    refresh (side);
}

/* ---- Going to a place */

static gboolean
show_place (YejiWindow *window,
            const char *table,
            const char *row,
            const char *field)
{
  const char *colon = strrchr (field, ':');

  if (*table == '\0')
    return FALSE;
  return yeji_editor_show_place (yeji_window_get_editor (window), table, row,
                                 colon != NULL ? colon + 1 : field);
}

static void
on_chosen (YejiCompareWindow *compare,
           const char        *table,
           const char        *row,
           const char        *field,
           Side              *side)
{
  if (side->window == NULL)
    return;
  if (find_draft (side) != NULL)
    {
      show_place (side->window, table, row, field);
    }
  else
    {
      const char *place[] = { side->uuid, table, row, field, NULL };

      g_object_set_data_full (G_OBJECT (side->window), PLACE_KEY, g_strdupv ((GStrv) place),
                              (GDestroyNotify) g_strfreev);
      yeji_window_open_record (side->window, side->uuid);
    }
  gtk_window_present (GTK_WINDOW (side->window));
}

/* ---- Deciding */

/* What was decided, to take it back. */
typedef struct
{
  YejiWindow *window;          /* (nullable): weak, as it holds the toast */
  YejiDraft *draft;
  GPtrArray *kept;             /* (element-type YejiDifference) */
  gboolean taken;              /* something of theirs */
  guint64 n_edits;             /* of the draft right after it */
} Decision;

static void
free_decision (gpointer  data,
               GClosure *closure)
{
  Decision *decision = data;

  g_clear_weak_pointer (&decision->window);
  g_object_unref (decision->draft);
  g_ptr_array_unref (decision->kept);
  g_free (decision);
}

static void
on_noted (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GError) error = NULL;

  if (!yeji_conflict_decision_note_finish (result, &error))
    yeji_window_say_error (window, error);
}

static void
on_undo (AdwToast *toast,
         Decision *decision)
{
  if (decision->window == NULL)
    return;
  if (decision->kept->len > 0)
    yeji_conflict_decision_note_async (decision->draft, decision->kept, FALSE, on_noted,
                                       g_object_ref (decision->window));
  if (!decision->taken)
    return;
  if (yeji_window_get_draft (decision->window) == decision->draft
      && yeji_draft_get_n_edits (decision->draft) == decision->n_edits)
    gtk_widget_activate_action (GTK_WIDGET (decision->window), "win.undo", NULL);
  else
    yeji_window_say (decision->window, _("Something was typed since: see the history"));
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (YejiWindow) window = data;
  g_autoptr (GError) error = NULL;

  if (!yeji_draft_keeper_flush_finish (YEJI_DRAFT_KEEPER (source), result, &error))
    yeji_window_say_error (window, error);
}

static void
say_decided (Side      *side,
             YejiDraft *draft,
             GPtrArray *mine,
             GPtrArray *theirs)
{
  guint n = mine->len + theirs->len;
  Decision *decision = g_new0 (Decision, 1);
  g_autofree char *text = NULL;
  g_autoptr (AdwToast) toast = NULL;

  g_set_weak_pointer (&decision->window, side->window);
  decision->draft = g_object_ref (draft);
  decision->kept = yeji_differences_copy_places (mine);
  decision->taken = theirs->len > 0;
  decision->n_edits = yeji_draft_get_n_edits (draft);
  text = g_strdup_printf (ngettext ("%u conflict decided", "%u conflicts decided", n), n);
  toast = yeji_toast_offer_undo (yeji_window_get_toasts (side->window), text);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo), decision, free_decision,
                         0);
}

static void
on_decided (YejiCompareWindow *compare,
            Side              *side)
{
  YejiDraft *draft = find_draft (side);
  g_autoptr (GPtrArray) mine = yeji_compare_window_list_decided (compare, YEJI_DECISION_MINE);
  g_autoptr (GPtrArray) theirs = yeji_compare_window_list_decided (compare, YEJI_DECISION_THEIRS);
  g_autoptr (GPtrArray) later = yeji_compare_window_list_decided (compare, YEJI_DECISION_LATER);

  if (draft == NULL || !yeji_draft_is_editable (draft))
    {
      if (side->window != NULL)
        yeji_window_say (side->window, _("Open the record to decide; it must be one that you can "
                                         "edit"));
      return;
    }
  yeji_draft_take_theirs (draft, theirs);
  say_decided (side, draft, mine, theirs);
  if (mine->len > 0)
    yeji_conflict_decision_note_async (draft, mine, TRUE, on_noted, g_object_ref (side->window));
  if (theirs->len > 0)
    yeji_draft_keeper_flush_async (yeji_draft_get_keeper (draft), on_saved,
                                   g_object_ref (side->window));
  if (later->len == 0)
    gtk_window_close (GTK_WINDOW (compare));
}

/* ---- The windows */

static const char *
get_title (YejiCompareKind kind)
{
  static const char *const titles[] = {
    [YEJI_COMPARE_CONFLICTS] = N_("Mine and the Province's"),
    [YEJI_COMPARE_SUBMITTED] = N_("Compared with the Last Submission"),
    [YEJI_COMPARE_RECORDS] = N_("Two Records"),
  };

  return _(titles[kind]);
}

static void
open_comparison (YejiWindow      *window,
                 YejiCompareKind  kind,
                 const char      *uuid,
                 const char      *other)
{
  Side *side = g_rc_box_new0 (Side);
  GtkWidget *compare = yeji_compare_window_new (GTK_WINDOW (window), get_title (kind),
                                                kind == YEJI_COMPARE_CONFLICTS);
  YejiDraft *draft;

  g_set_weak_pointer (&side->window, window);
  g_set_weak_pointer (&side->compare, YEJI_COMPARE_WINDOW (compare));
  side->store = g_object_ref (yeji_window_get_store (window));
  side->kind = kind;
  side->uuid = g_strdup (uuid);
  side->other = g_strdup (other);
  draft = find_draft (side);
  if (draft != NULL && kind != YEJI_COMPARE_RECORDS)
    yeji_compare_window_set_subtitle (side->compare, yeji_draft_get_title (draft));
  g_signal_connect (compare, "chosen", G_CALLBACK (on_chosen), side);
  g_signal_connect (compare, "decided", G_CALLBACK (on_decided), side);
  g_object_set_data_full (G_OBJECT (compare), "side", side, (GDestroyNotify) release_side);
  {
    GClosure *closure = g_cclosure_new (G_CALLBACK (on_store_changed), g_rc_box_acquire (side),
                                        unref_side);

    g_object_watch_closure (G_OBJECT (compare), closure);
    g_signal_connect_closure (side->store, "changed", closure, FALSE);
  }
  refresh (side);
  gtk_window_present (GTK_WINDOW (compare));
}

static void
on_conflicts (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  YejiDraft *draft = yeji_window_get_draft (YEJI_WINDOW (widget));

  if (draft != NULL)
    open_comparison (YEJI_WINDOW (widget), YEJI_COMPARE_CONFLICTS, yeji_draft_get_uuid (draft),
                     NULL);
}

static void
on_submitted (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  YejiDraft *draft = yeji_window_get_draft (YEJI_WINDOW (widget));

  if (draft != NULL)
    open_comparison (YEJI_WINDOW (widget), YEJI_COMPARE_SUBMITTED, yeji_draft_get_uuid (draft),
                     NULL);
}

static void
on_records (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  g_autofree const char **uuids = g_variant_get_strv (target, NULL);

  if (g_strv_length ((GStrv) uuids) == 2)
    open_comparison (YEJI_WINDOW (widget), YEJI_COMPARE_RECORDS, uuids[0], uuids[1]);
}

static void
on_picked (YejiWindow *window,
           const char *uuid)
{
  YejiDraft *draft = yeji_window_get_draft (window);

  if (draft != NULL)
    open_comparison (window, YEJI_COMPARE_RECORDS, yeji_draft_get_uuid (draft), uuid);
}

static void
on_other (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  YejiWindow *window = YEJI_WINDOW (widget);
  YejiDraft *draft = yeji_window_get_draft (window);
  GtkWidget *picker;

  if (draft == NULL)
    return;
  picker = yeji_compare_picker_new (GTK_WINDOW (window), yeji_window_get_store (window),
                                    yeji_draft_get_uuid (draft));
  g_signal_connect_object (picker, "picked", G_CALLBACK (on_picked), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (picker));
}

/**
 * yeji_window_compare_update:
 *
 * Enables what can be compared with the record on screen, and goes to the place for which it was
 * opened.
 */
void
yeji_window_compare_update (YejiWindow *window)
{
  GtkWidget *widget = GTK_WIDGET (window);
  YejiDraft *draft = yeji_window_get_draft (window);
  YejiEntry *entry = draft != NULL ? yeji_draft_get_entry (draft) : NULL;
  g_auto (GStrv) place = g_object_steal_data (G_OBJECT (window), PLACE_KEY);

  gtk_widget_action_set_enabled (widget, "win.compare-other", draft != NULL);
  gtk_widget_action_set_enabled (widget, "win.compare-submitted",
                                 entry != NULL && yeji_entry_get_revision (entry) != NULL);
  gtk_widget_action_set_enabled (widget, "win.compare-conflicts",
                                 entry != NULL && yeji_entry_get_n_conflicts (entry) > 0);
  if (place != NULL && draft != NULL && g_str_equal (place[0], yeji_draft_get_uuid (draft)))
    show_place (window, place[1], place[2], place[3]);
}

/**
 * yeji_window_compare_install:
 *
 * Adds the actions of this file to the window's class.
 */
void
yeji_window_compare_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.compare-conflicts", NULL, on_conflicts);
  gtk_widget_class_install_action (klass, "win.compare-submitted", NULL, on_submitted);
  gtk_widget_class_install_action (klass, "win.compare-records", "as", on_records);
  gtk_widget_class_install_action (klass, "win.compare-other", NULL, on_other);
}
