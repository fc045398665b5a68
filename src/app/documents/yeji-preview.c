// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-preview"

#include "config.h"

#include "yeji-preview.h"

#include <math.h>

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-arrange.h"
#include "yeji-background.h"
#include "yeji-document.h"
#include "yeji-fetcher.h"
#include "yeji-messages.h"
#include "yeji-page-strip.h"
#include "yeji-preview-keys.h"
#include "yeji-thumbnails.h"

struct _YejiPreview
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *message;
  GtkLabel *page_label;
  GtkLabel *zoom_label;
  GtkWidget *full_button;
  GtkToggleButton *strip_button;
  GtkWidget *strip_revealer;
  YejiPageView *view;
  YejiPageStrip *strip;

  YejiDraft *draft;            /* (nullable) */
  GSignalGroup *draft_signals;
  GPtrArray *files;            /* (element-type YejiAttachment): of the slot, in order */
  guint at;                    /* the one on screen */
  guint page;
  gboolean last_page;          /* the last page is wanted, whichever that is */
  int rotation;                /* as it is on screen */
  char *fetching;              /* (nullable): the sum of a content that is on its way */
  char *saving;                /* (nullable): the id whose rotation is being saved */
  int saved;                   /* what is being saved */
};

enum
{
  CLOSED,
  FULL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiPreview, yeji_preview, ADW_TYPE_BIN)

static YejiAttachment *
get_current (YejiPreview *self)
{
  return self->at < self->files->len ? g_ptr_array_index (self->files, self->at) : NULL;
}

/* How many pages a document has, as far as that is known. */
static guint
count_pages (YejiPreview *self,
             guint        file)
{
  guint n_pages = 0;

  if (file == self->at)
    n_pages = yeji_page_view_get_n_pages (self->view);
  if (n_pages == 0 && file < self->files->len)
    n_pages = yeji_thumbnails_count_pages (g_ptr_array_index (self->files, file));
  return n_pages;
}

static void
update_actions (YejiPreview *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean shows = get_current (self) != NULL;
  gboolean good = shows && yeji_page_view_get_problem (self->view) == NULL;
  static const char *const of_picture[] = {
    "preview.zoom-in", "preview.zoom-out", "preview.zoom-original", "preview.fit",
    "preview.fit-width", "preview.fit-page", "preview.rotate-left", "preview.rotate-right",
  };

  for (guint i = 0; i < G_N_ELEMENTS (of_picture); i++)
    gtk_widget_action_set_enabled (widget, of_picture[i], good);
  gtk_widget_action_set_enabled (widget, "preview.previous",
                                 shows && (self->page > 0 || self->at > 0));
  gtk_widget_action_set_enabled (widget, "preview.next",
                                 shows && (self->at + 1 < self->files->len
                                           || self->page + 1 < count_pages (self, self->at)));
}

static char *
describe_page (YejiPreview *self)
{
  guint n_pages = count_pages (self, self->at);

  if (n_pages == 0)
    return g_strdup_printf ("%u", self->page + 1);
  /* Translators: the page, and how many there are */
  return g_strdup_printf (_("%u / %u"), self->page + 1, n_pages);
}

static void
update_texts (YejiPreview *self)
{
  YejiAttachment *attachment = get_current (self);
  g_autofree char *page = describe_page (self);
  g_autofree char *zoom = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *spoken = NULL;
  const YejiSlot *slot;

  if (attachment == NULL)
    return;
  slot = yeji_dictionary_find_slot (yeji_draft_get_dictionary (self->draft),
                                    yeji_attachment_get_slot (attachment));
  /* Translators: the kind of document, which file of how many this is */
  subtitle = g_strdup_printf (_("%s · file %u of %u"),
                              slot != NULL ? yeji_label (&slot->label)
                                           : yeji_attachment_get_slot (attachment),
                              self->at + 1, self->files->len);
  gtk_label_set_text (self->title, yeji_attachment_get_filename (attachment));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), yeji_attachment_get_filename (attachment));
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_label_set_text (self->page_label, page);
  zoom = g_strdup_printf (C_("zoom", "%d %%"),
                          (int) round (yeji_page_view_get_zoom (self->view) * 100));
  gtk_label_set_text (self->zoom_label, zoom);
  spoken = g_strdup_printf (_("%s, page %s"), yeji_attachment_get_filename (attachment), page);
  yeji_page_view_set_name (self->view, spoken);
}

static void
on_view_changed (YejiPageView *view,
                 YejiPreview  *self)
{
  guint n_pages = yeji_page_view_get_n_pages (view);

  if (self->last_page && n_pages > 0)
    {
      self->last_page = FALSE;
      if (self->page + 1 != n_pages)
        {
          g_autoptr (GFile) file = yeji_store_get_file (
            yeji_draft_get_store (self->draft), yeji_attachment_get_sha256 (get_current (self)));

          self->page = n_pages - 1;
          yeji_page_view_show (view, file, self->page, self->rotation);
        }
    }
  if (get_current (self) != NULL && yeji_page_view_is_shown (view))
    yeji_page_strip_set_n_pages (self->strip, get_current (self), n_pages);
  if (get_current (self) != NULL)
    yeji_page_strip_select (self->strip, get_current (self), self->page);
  update_texts (self);
  update_actions (self);
}

static void
show_message (YejiPreview *self,
              const char  *sentence)
{
  gtk_label_set_text (self->message, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), sentence != NULL);
}

static void update_view (YejiPreview *self);     /* again, when the document has come */

static void
on_fetched (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (YejiPreview) self = data;
  g_autofree char *sum = g_steal_pointer (&self->fetching);
  YejiAttachment *current = get_current (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (!yeji_fetcher_run_finish (result, &error))
    sentence = yeji_error_to_sentence (error);
  if (current == NULL || self->draft == NULL)
    return;
  if (g_strcmp0 (sum, yeji_attachment_get_sha256 (current)) == 0)
    show_message (self, sentence);
  if (error == NULL)
    {
      update_view (self);
      yeji_draft_refresh (self->draft);
    }
}

/* One at a time; what is shown then is asked for after it. */
static void
fetch (YejiPreview    *self,
       YejiAttachment *attachment)
{
  yeji_page_view_show (self->view, NULL, 0, 0);
  show_message (self, _("This document is not on this computer. It is being fetched from the "
                        "province…"));
  if (self->fetching != NULL)
    return;
  self->fetching = g_strdup (yeji_attachment_get_sha256 (attachment));
  yeji_fetcher_run_async (yeji_draft_get_store (self->draft),
                          yeji_draft_get_uuid (self->draft), self->fetching, NULL, on_fetched,
                          g_object_ref (self));
}

static void
update_view (YejiPreview *self)
{
  YejiAttachment *attachment = get_current (self);
  g_autoptr (GFile) file = NULL;

  if (attachment == NULL)
    return;
  if (yeji_document_is_elsewhere (yeji_draft_get_store (self->draft), attachment))
    {
      fetch (self, attachment);
      yeji_page_strip_select (self->strip, attachment, self->page);
      update_texts (self);
      update_actions (self);
      return;
    }
  file = yeji_store_get_file (yeji_draft_get_store (self->draft),
                              yeji_attachment_get_sha256 (attachment));
  yeji_page_view_show (self->view, file, self->page, self->rotation);
  yeji_page_strip_select (self->strip, attachment, self->page);
  update_texts (self);
  update_actions (self);
}

static void
go_to (YejiPreview *self,
       guint        at,
       guint        page)
{
  if (at >= self->files->len)
    return;
  self->at = at;
  self->page = page;
  self->last_page = FALSE;
  self->rotation = yeji_attachment_get_rotation (get_current (self));
  show_message (self, NULL);
  update_view (self);
}

static void
close_preview (YejiPreview *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

/* The files of the slot as they are now. */
static void
read_files (YejiPreview *self,
            const char  *slot)
{
  GPtrArray *all = yeji_draft_get_attachments (self->draft);

  g_ptr_array_set_size (self->files, 0);
  for (guint i = 0; i < all->len; i++)
    if (g_str_equal (yeji_attachment_get_slot (g_ptr_array_index (all, i)), slot))
      g_ptr_array_add (self->files, g_object_ref (g_ptr_array_index (all, i)));
  yeji_page_strip_set_files (self->strip, yeji_draft_get_store (self->draft), self->files);
}

static gboolean
find_file (YejiPreview *self,
           const char  *id,
           guint       *at)
{
  for (guint i = 0; i < self->files->len; i++)
    if (g_str_equal (yeji_attachment_get_id (g_ptr_array_index (self->files, i)), id))
      {
        *at = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_same (YejiPreview *self)
{
  GPtrArray *all = yeji_draft_get_attachments (self->draft);
  const char *slot = yeji_attachment_get_slot (get_current (self));
  guint n = 0;

  for (guint i = 0; i < all->len; i++)
    {
      YejiAttachment *is = g_ptr_array_index (all, i);
      YejiAttachment *was;

      if (!g_str_equal (yeji_attachment_get_slot (is), slot))
        continue;
      was = n < self->files->len ? g_ptr_array_index (self->files, n) : NULL;
      if (was == NULL || !g_str_equal (yeji_attachment_get_id (is), yeji_attachment_get_id (was))
          || yeji_attachment_get_rotation (is) != yeji_attachment_get_rotation (was))
        return FALSE;
      n++;
    }
  return n == self->files->len;
}

/* Documents came, went, moved or were turned. */
static void
on_entry_changed (YejiPreview *self)
{
  g_autoptr (YejiAttachment) current = NULL;

  if (get_current (self) == NULL || is_same (self))
    return;
  current = g_object_ref (get_current (self));
  read_files (self, yeji_attachment_get_slot (current));
  if (find_file (self, yeji_attachment_get_id (current), &self->at))
    {
      if (self->saving == NULL)
        self->rotation = yeji_attachment_get_rotation (get_current (self));
      yeji_page_strip_set_n_pages (self->strip, get_current (self),
                                   yeji_page_view_get_n_pages (self->view));
      update_view (self);
    }
  else if (self->files->len > 0)
    go_to (self, MIN (self->at, self->files->len - 1), 0);
  else
    close_preview (self);
}

static void
on_strip_chosen (YejiPageStrip  *strip,
                 YejiAttachment *attachment,
                 guint           page,
                 YejiPreview    *self)
{
  guint at;

  if (find_file (self, yeji_attachment_get_id (attachment), &at)
      && (at != self->at || page != self->page))
    go_to (self, at, page);
}

static void
on_strip_toggled (YejiPreview *self)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->strip_revealer),
                                 gtk_toggle_button_get_active (self->strip_button));
}

/* ---- Turning */

typedef struct
{
  YejiStore *store;
  char *id;
  int rotation;
} Turn;

static void
turn_free (gpointer data)
{
  Turn *turn = data;

  g_object_unref (turn->store);
  g_free (turn->id);
  g_free (turn);
}

static gpointer
save_turn (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Turn *turn = data;

  return yeji_store_set_rotation (turn->store, turn->id, turn->rotation, error)
           ? g_object_ref (turn->store) : NULL;
}

static void save_rotation (YejiPreview *self);   /* again, when it was turned meanwhile */

static void
on_turn_saved (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  YejiPreview *self = YEJI_PREVIEW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) done = yeji_background_finish (result, &error);
  g_autofree char *id = g_steal_pointer (&self->saving);
  YejiAttachment *current = get_current (self);

  if (error != NULL)
    {
      g_autofree char *sentence = yeji_error_to_sentence (error);

      show_message (self, sentence);
      return;
    }
  if (current != NULL && g_str_equal (id, yeji_attachment_get_id (current))
      && self->rotation != self->saved)
    save_rotation (self);
  else if (self->draft != NULL)
    yeji_draft_refresh (self->draft);
}

/* One at a time: the last turn is what stays. */
static void
save_rotation (YejiPreview *self)
{
  Turn *turn;

  if (self->saving != NULL)
    return;
  turn = g_new (Turn, 1);
  self->saving = g_strdup (yeji_attachment_get_id (get_current (self)));
  self->saved = self->rotation;
  *turn = (Turn) { g_object_ref (yeji_draft_get_store (self->draft)), g_strdup (self->saving),
                   self->rotation };
  yeji_background_run (self, save_turn, turn, turn_free, g_object_unref, on_turn_saved, NULL);
}

static void
turn_by (YejiPreview *self,
         int          degrees)
{
  self->rotation = (self->rotation + degrees + 360) % 360;
  update_view (self);
  save_rotation (self);
}

/* ---- Actions */

static void
act_close (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  close_preview (YEJI_PREVIEW (widget));
}

static void
act_zoom_in (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  yeji_page_view_step_zoom (YEJI_PREVIEW (widget)->view, 1);
}

static void
act_zoom_out (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  yeji_page_view_step_zoom (YEJI_PREVIEW (widget)->view, -1);
}

static void
act_zoom_original (GtkWidget  *widget,
                   const char *name,
                   GVariant   *target)
{
  yeji_page_view_set_zoom (YEJI_PREVIEW (widget)->view, 1);
}

static void
act_fit_width (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  yeji_page_view_set_fit (YEJI_PREVIEW (widget)->view, YEJI_PAGE_FIT_WIDTH);
}

static void
act_fit_page (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  yeji_page_view_set_fit (YEJI_PREVIEW (widget)->view, YEJI_PAGE_FIT_PAGE);
}

/* One button for both. */
static void
act_fit (GtkWidget  *widget,
         const char *name,
         GVariant   *target)
{
  YejiPageView *view = YEJI_PREVIEW (widget)->view;

  yeji_page_view_set_fit (view, yeji_page_view_get_fit (view) == YEJI_PAGE_FIT_WIDTH
                                  ? YEJI_PAGE_FIT_PAGE : YEJI_PAGE_FIT_WIDTH);
}

static void
act_rotate_left (GtkWidget  *widget,
                 const char *name,
                 GVariant   *target)
{
  turn_by (YEJI_PREVIEW (widget), -90);
}

static void
act_rotate_right (GtkWidget  *widget,
                  const char *name,
                  GVariant   *target)
{
  turn_by (YEJI_PREVIEW (widget), 90);
}

static void
act_next (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  YejiPreview *self = YEJI_PREVIEW (widget);

  if (self->page + 1 < count_pages (self, self->at))
    go_to (self, self->at, self->page + 1);
  else
    go_to (self, self->at + 1, 0);
}

static void
act_previous (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  YejiPreview *self = YEJI_PREVIEW (widget);
  guint n_pages;

  if (self->page > 0)
    go_to (self, self->at, self->page - 1);
  else if (self->at > 0)
    {
      n_pages = count_pages (self, self->at - 1);
      go_to (self, self->at - 1, n_pages > 0 ? n_pages - 1 : 0);
      self->last_page = n_pages == 0;
    }
}

static void
act_full (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  g_signal_emit (widget, signals[FULL], 0);
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (YejiPreview) self = data;
  g_autoptr (GError) error = NULL;

  if (yeji_document_open_finish (result, &error))
    return;
  show_message (self, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED)
                        ? _("No program on this computer opens this kind of document.")
                        : _("The file cannot be read."));
}

static void
act_open (GtkWidget  *widget,
          const char *name,
          GVariant   *target)
{
  YejiPreview *self = YEJI_PREVIEW (widget);

  if (get_current (self) != NULL)
    yeji_document_open_async (yeji_draft_get_store (self->draft), get_current (self),
                              GTK_WINDOW (gtk_widget_get_root (widget)), on_opened,
                              g_object_ref (self));
}

static const struct
{
  const char *name;
  GtkWidgetActionActivateFunc activate;
} actions[] = {
  { "preview.close", act_close },
  { "preview.zoom-in", act_zoom_in },
  { "preview.zoom-out", act_zoom_out },
  { "preview.zoom-original", act_zoom_original },
  { "preview.fit", act_fit },
  { "preview.fit-width", act_fit_width },
  { "preview.fit-page", act_fit_page },
  { "preview.rotate-left", act_rotate_left },
  { "preview.rotate-right", act_rotate_right },
  { "preview.next", act_next },
  { "preview.previous", act_previous },
  { "preview.full", act_full },
  { "preview.open", act_open },
};

static void
yeji_preview_dispose (GObject *object)
{
  YejiPreview *self = YEJI_PREVIEW (object);

  g_clear_object (&self->draft_signals);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->fetching, g_free);
  g_clear_pointer (&self->saving, g_free);
  G_OBJECT_CLASS (yeji_preview_parent_class)->dispose (object);
}

static void
yeji_preview_class_init (YejiPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_preview_dispose;
  g_type_ensure (YEJI_TYPE_PAGE_VIEW);
  g_type_ensure (YEJI_TYPE_PAGE_STRIP);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_REGION);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/yeji/Yeji/ui/yeji-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiPreview, title);
  gtk_widget_class_bind_template_child (widget_class, YejiPreview, subtitle);
  gtk_widget_class_bind_template_child (widget_class, YejiPreview, message);
  gtk_widget_class_bind_template_child (widget_class, YejiPreview, page_label);
  gtk_widget_class_bind_template_child (widget_class, YejiPreview, zoom_label);
  gtk_widget_class_bind_template_child (widget_class, YejiPreview, full_button);
  gtk_widget_class_bind_template_child (widget_class, YejiPreview, strip_button);
  gtk_widget_class_bind_template_child (widget_class, YejiPreview, strip_revealer);
  gtk_widget_class_bind_template_child (widget_class, YejiPreview, view);
  gtk_widget_class_bind_template_child (widget_class, YejiPreview, strip);
  gtk_widget_class_bind_template_callback (widget_class, on_view_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_strip_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_strip_toggled);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
  signals[CLOSED] = g_signal_new ("closed", YEJI_TYPE_PREVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[FULL] = g_signal_new ("full", YEJI_TYPE_PREVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
yeji_preview_init (YejiPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  self->draft_signals = g_signal_group_new (YEJI_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "entry-changed",
                                  G_CALLBACK (on_entry_changed), self);
  yeji_a11y_set_name (GTK_WIDGET (self), _("Document"));
  yeji_preview_keys_add (GTK_WIDGET (self), self->view);
}

/**
 * yeji_preview_new:
 *
 * Returns: (transfer floating): a preview of nothing
 */
GtkWidget *
yeji_preview_new (void)
{
  return g_object_new (YEJI_TYPE_PREVIEW, NULL);
}

/**
 * yeji_preview_show:
 *
 * Shows a document of a draft, from its first page on.
 */
void
yeji_preview_show (YejiPreview    *self,
                   YejiDraft      *draft,
                   YejiAttachment *attachment)
{
  g_autoptr (YejiAttachment) wanted = g_object_ref (attachment);
  guint at = 0;

  g_return_if_fail (YEJI_IS_PREVIEW (self));
  g_return_if_fail (YEJI_IS_DRAFT (draft));

  g_set_object (&self->draft, draft);
  g_signal_group_set_target (self->draft_signals, draft);
  read_files (self, yeji_attachment_get_slot (wanted));
  if (find_file (self, yeji_attachment_get_id (wanted), &at))
    go_to (self, at, 0);
}

/**
 * yeji_preview_clear:
 *
 * Lets go of the draft and of what is decoded.
 */
void
yeji_preview_clear (YejiPreview *self)
{
  g_return_if_fail (YEJI_IS_PREVIEW (self));

  g_signal_group_set_target (self->draft_signals, NULL);
  g_ptr_array_set_size (self->files, 0);
  yeji_page_strip_set_files (self->strip, NULL, self->files);
  yeji_page_view_show (self->view, NULL, 0, 0);
  g_clear_object (&self->draft);
}

/**
 * yeji_preview_get_attachment:
 *
 * Returns: (transfer none) (nullable): the document on screen
 */
YejiAttachment *
yeji_preview_get_attachment (YejiPreview *self)
{
  return get_current (self);
}

/**
 * yeji_preview_get_page:
 *
 * Returns: the page on screen, from 0
 */
guint
yeji_preview_get_page (YejiPreview *self)
{
  return self->page;
}

/**
 * yeji_preview_get_view:
 *
 * Returns: (transfer none): what shows the page
 */
YejiPageView *
yeji_preview_get_view (YejiPreview *self)
{
  return self->view;
}

/**
 * yeji_preview_set_full:
 *
 * Says whether it fills the window.
 */
void
yeji_preview_set_full (YejiPreview *self,
                       gboolean     full)
{
  const char *name = full ? _("Beside the Form (F11)") : _("Full Window (F11)");

  g_return_if_fail (YEJI_IS_PREVIEW (self));

  gtk_button_set_icon_name (GTK_BUTTON (self->full_button),
                            full ? "view-restore-symbolic" : "view-fullscreen-symbolic");
  gtk_widget_set_tooltip_text (self->full_button, name);
  yeji_a11y_set_name (self->full_button, full ? _("Beside the form") : _("Full window"));
}

/**
 * yeji_preview_focus:
 *
 * Gives the keyboard to the page.
 */
void
yeji_preview_focus (YejiPreview *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
