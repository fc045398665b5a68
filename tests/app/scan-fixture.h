// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* An editor in a window, and made-up scans to attach. */

#pragma once

#include <adwaita.h>

#include "app-fixture.h"
#include "scan-files.h"
#include "yeji-editor.h"
#include "yeji-file-card.h"
#include "yeji-page-lane.h"
#include "yeji-preview-dock.h"
#include "yeji-slot-card.h"
#include "yeji-test.h"

G_BEGIN_DECLS

/* A bound against hanging: the disk of a busy machine takes its time. */
#define SCAN_PATIENCE_MS 20000

typedef struct
{
  AppFixture base;
  GtkWidget *window;
  GtkWidget *overlay;          /* of toasts */
  YejiEditor *editor;
  guint wanted;
  const char *text;            /* what is waited for */
} ScanFixture;

/* The first widget of a type below another, and the others after it. */
static inline GtkWidget *
scan_find (GtkWidget *root,
           GType      type,
           guint     *skip)
{
  guint none = 0;

  if (skip == NULL)
    skip = &none;
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) && (*skip)-- == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = scan_find (child, type, skip);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static inline GtkWidget *
scan_get (ScanFixture *fixture,
          GType        type,
          guint        index)
{
  return scan_find (GTK_WIDGET (fixture->editor), type, &index);
}

static inline YejiSlotCard *
scan_get_slot (ScanFixture *fixture,
               const char  *slot)
{
  GtkWidget *card;

  for (guint i = 0; (card = scan_get (fixture, YEJI_TYPE_SLOT_CARD, i)) != NULL; i++)
    if (g_str_equal (yeji_slot_card_get_slot (YEJI_SLOT_CARD (card))->id, slot))
      return YEJI_SLOT_CARD (card);
  return NULL;
}

static inline GtkWidget *
scan_get_pane (ScanFixture *fixture)
{
  return gtk_widget_get_ancestor (scan_get (fixture, YEJI_TYPE_SLOT_CARD, 0),
                                  g_type_from_name ("YejiDocumentsPane"));
}

/* Writes a file by its ending, or what a hostile one is made of, and attaches it. */
static inline void
scan_attach_path (ScanFixture *fixture,
                  const char  *slot,
                  const char  *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (YejiAttachment) attachment = NULL;
  g_autoptr (GError) error = NULL;

  attachment = yeji_store_attach (fixture->base.store, yeji_draft_get_uuid (fixture->base.draft),
                                  slot, file, NULL, &error);
  g_assert_no_error (error);
}

static inline char *
scan_path (ScanFixture *fixture,
           const char  *name)
{
  return g_build_filename (fixture->base.dir, name, NULL);
}

static inline void
scan_attach_pdf (ScanFixture *fixture,
                 const char  *slot,
                 const char  *name,
                 guint        n_pages)
{
  g_autofree char *path = scan_path (fixture, name);

  scan_write_pdf (path, n_pages, name);
  scan_attach_path (fixture, slot, path);
}

static inline void
scan_attach_jpeg (ScanFixture *fixture,
                  const char  *slot,
                  const char  *name)
{
  g_autofree char *path = scan_path (fixture, name);

  scan_write_image (path, "jpeg", 794, 1123, name);
  scan_attach_path (fixture, slot, path);
}

static inline gboolean
scan_has_wanted (gpointer data)
{
  ScanFixture *fixture = data;

  return yeji_draft_get_attachments (fixture->base.draft)->len == fixture->wanted;
}

static inline void
scan_wait_for_n (ScanFixture *fixture,
                 guint        n)
{
  fixture->wanted = n;
  yeji_test_wait_until (scan_has_wanted, fixture, SCAN_PATIENCE_MS);
}

/* The files of a slot as they are in the draft, "a.pdf b.jpg". */
static inline char *
scan_describe (ScanFixture *fixture,
               const char  *slot)
{
  GPtrArray *attachments = yeji_draft_get_attachments (fixture->base.draft);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < attachments->len; i++)
    {
      YejiAttachment *attachment = g_ptr_array_index (attachments, i);

      if (g_str_equal (yeji_attachment_get_slot (attachment), slot))
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                                yeji_attachment_get_filename (attachment));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static inline gboolean
scan_is_so (gpointer data)
{
  ScanFixture *fixture = data;
  g_autofree char *slot = g_strndup (fixture->text, strcspn (fixture->text, ":"));
  g_autofree char *is = scan_describe (fixture, slot);

  return g_str_equal (is, fixture->text + strlen (slot) + 1);
}

/* @expected: "slot:file file" */
static inline void
scan_wait_for_order (ScanFixture *fixture,
                     const char  *expected)
{
  fixture->text = expected;
  yeji_test_wait_until (scan_is_so, fixture, SCAN_PATIENCE_MS);
}

static inline const char *
scan_get_id (ScanFixture *fixture,
             const char  *filename)
{
  GPtrArray *attachments = yeji_draft_get_attachments (fixture->base.draft);

  for (guint i = 0; i < attachments->len; i++)
    if (g_str_equal (yeji_attachment_get_filename (g_ptr_array_index (attachments, i)), filename))
      return yeji_attachment_get_id (g_ptr_array_index (attachments, i));
  g_assert_not_reached ();
}

static inline GtkWidget *
scan_get_card (ScanFixture *fixture,
               const char  *filename)
{
  GtkWidget *card;

  for (guint i = 0; (card = scan_get (fixture, YEJI_TYPE_FILE_CARD, i)) != NULL; i++)
    if (g_str_equal (yeji_attachment_get_filename (yeji_file_card_get_attachment (
                       YEJI_FILE_CARD (card))), filename))
      return card;
  return NULL;
}

static inline gboolean
scan_try_controller (gpointer    controller,
                     GtkWidget  *widget,
                     const char *key)
{
  guint n = GTK_IS_SHORTCUT_CONTROLLER (controller)
              ? g_list_model_get_n_items (G_LIST_MODEL (controller)) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), i);
      g_autofree char *trigger = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));
      g_auto (GStrv) ways = g_strsplit (trigger, "|", -1);

      for (guint j = 0; ways[j] != NULL; j++)
        if (g_str_equal (ways[j], key)
            && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                             gtk_shortcut_get_arguments (shortcut)))
          return TRUE;
    }
  return FALSE;
}

/* Does what a key does in a widget: the shortcut nearest to it, as GTK looks for it. */
static inline gboolean
scan_press (GtkWidget  *widget,
            const char *key)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
      guint n = g_list_model_get_n_items (controllers);

      for (guint i = 0; i < n; i++)
        {
          g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

          if (scan_try_controller (controller, widget, key))
            return TRUE;
        }
    }
  return FALSE;
}

static inline gboolean
scan_is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static inline void
scan_set_up (ScanFixture   *fixture,
             gconstpointer  data)
{
  app_fixture_set_up (&fixture->base, data);
  fixture->editor = YEJI_EDITOR (yeji_editor_new ());
  fixture->overlay = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (fixture->overlay), GTK_WIDGET (fixture->editor));
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 720);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->overlay);
  yeji_editor_set_draft (fixture->editor, fixture->base.draft);
  yeji_editor_show_pane (fixture->editor, "documents");
  gtk_window_present (GTK_WINDOW (fixture->window));
  yeji_test_wait_until (scan_is_mapped, fixture->editor, SCAN_PATIENCE_MS);
}

static inline gboolean
scan_is_last (gpointer object)
{
  return G_OBJECT (object)->ref_count == 1;
}

static inline void
scan_tear_down (ScanFixture   *fixture,
                gconstpointer  data)
{
  yeji_editor_set_draft (fixture->editor, NULL);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  app_fixture_tear_down (&fixture->base, data);
}

#define SCAN_ADD(path, test) g_test_add (path, ScanFixture, NULL, scan_set_up, test, scan_tear_down)

G_END_DECLS
