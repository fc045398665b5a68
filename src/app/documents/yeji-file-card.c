// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-file-card"

#include "config.h"

#include "yeji-file-card.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-document.h"
#include "yeji-finding-words.h"
#include "yeji-messages.h"
#include "yeji-thumbnail.h"

#define THUMB_WIDTH 44
#define THUMB_HEIGHT 56

struct _YejiFileCard
{
  AdwBin parent_instance;

  YejiStore *store;
  YejiAttachment *attachment;
  gboolean editable;
  GtkWidget *button;
  GtkLabel *detail;
  GtkWidget *notes;            /* what is to be known of it, line by line */
  GString *spoken;             /* the same, as it is spoken */
  GtkWidget *thumbnail;
  GtkWidget *menu;             /* (nullable): made when it is asked for */
};

G_DEFINE_FINAL_TYPE (YejiFileCard, yeji_file_card, ADW_TYPE_BIN)

static const char *
get_place (YejiAttachment *attachment)
{
  if (yeji_attachment_is_awaited (attachment))
    return _("Sent by another computer");
  return yeji_attachment_is_received (attachment) ? _("Received by the province")
                                                  : _("On this computer");
}

/* Of what nobody here has seen, nothing is known. */
static char *
make_size (YejiAttachment *attachment)
{
  return yeji_attachment_is_awaited (attachment)
         ? g_strdup ("…") : g_format_size ((guint64) yeji_attachment_get_size (attachment));
}

/* Pages, size, and where the file is. */
static void
update_detail (YejiFileCard *self)
{
  guint n_pages = yeji_thumbnail_get_n_pages (YEJI_THUMBNAIL (self->thumbnail));
  const char *problem = yeji_thumbnail_get_problem (YEJI_THUMBNAIL (self->thumbnail));
  g_autofree char *size = make_size (self->attachment);
  g_autofree char *pages = NULL;
  g_autofree char *text = NULL;
  g_autofree char *spoken = NULL;
  const char *place = get_place (self->attachment);

  if (n_pages > 0)
    pages = g_strdup_printf (ngettext ("%u page", "%u pages", n_pages), n_pages);
  else if (problem != NULL)
    pages = g_strdup (_("Cannot be shown"));
  text = pages != NULL ? g_strdup_printf ("%s · %s\n%s", pages, size, place)
                       : g_strdup_printf ("%s\n%s", size, place);
  spoken = g_strdup_printf ("%s%s%s · %s%s", pages != NULL ? pages : "",
                            pages != NULL ? " · " : "", size, place, self->spoken->str);
  gtk_label_set_text (self->detail, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->detail), problem);
  yeji_a11y_set_description (self->button, spoken);
}

/* One more thing that is to be known: with an icon, for nothing is told by its colour alone. */
static void
add_note (YejiFileCard *self,
          const char   *icon,
          const char   *style,
          const char   *words)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *label = gtk_label_new (words);

  gtk_image_set_pixel_size (GTK_IMAGE (image), 12);
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, words);
  gtk_widget_add_css_class (line, "caption");
  gtk_widget_add_css_class (line, style);
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (self->notes), line);
  g_string_append_printf (self->spoken, " · %s", words);
}

/* What was found in it on its way in. */
static void
add_findings (YejiFileCard *self)
{
  const char *json = yeji_attachment_get_findings (self->attachment);
  const YejiLimits *limits = yeji_dictionary_get_limits (yeji_store_get_dictionary (self->store));
  g_autoptr (YejiFindings) findings = json != NULL ? yeji_findings_from_json (json, NULL) : NULL;
  g_autofree char *words = NULL;
  YejiSeverity severity;

  if (findings != NULL)
    words = yeji_findings_to_words (findings, limits, &severity);
  if (words != NULL)
    add_note (self, yeji_severity_get_icon (severity), yeji_severity_get_style (severity), words);
  if (yeji_attachment_get_original (self->attachment) != NULL)
    add_note (self, "emblem-ok-symbolic", "dim-label", _("Made smaller; the original is kept"));
}

static GtkWidget *
make_texts (YejiFileCard *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (yeji_attachment_get_filename (self->attachment));

  self->detail = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (self->detail, 0);
  gtk_label_set_ellipsize (self->detail, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "dim-label");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), name);
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->detail));
  self->notes = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (texts), self->notes);
  add_findings (self);
  if (yeji_document_is_elsewhere (self->store, self->attachment))
    add_note (self, "folder-download-symbolic", "dim-label",
              yeji_attachment_is_awaited (self->attachment)
                ? _("Fetched when it is shown, as soon as it is at the province")
                : _("At the province; fetched when it is shown"));
  return texts;
}

static GtkWidget *
make_button (YejiFileCard *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  g_autofree char *spoken = g_strdup_printf (_("Show %s"),
                                             yeji_attachment_get_filename (self->attachment));

  self->button = gtk_button_new ();
  self->thumbnail = yeji_thumbnail_new (THUMB_WIDTH, THUMB_HEIGHT);
  gtk_box_append (GTK_BOX (row), self->thumbnail);
  gtk_box_append (GTK_BOX (row), make_texts (self));
  gtk_button_set_child (GTK_BUTTON (self->button), row);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_hexpand (self->button, TRUE);
  gtk_widget_set_tooltip_text (self->button, yeji_attachment_get_filename (self->attachment));
  yeji_a11y_set_name (self->button, spoken);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s",
                                    yeji_attachment_get_id (self->attachment));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "documents.preview");
  return self->button;
}

static GtkWidget *
make_remove_button (YejiFileCard *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *spoken = g_strdup_printf (_("Remove %s"),
                                             yeji_attachment_get_filename (self->attachment));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Remove (Delete)"));
  yeji_a11y_set_name (button, spoken);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                    yeji_attachment_get_id (self->attachment));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "documents.remove");
  return button;
}

/* ---- The menu */

static void
add_item (YejiFileCard *self,
          GMenu        *menu,
          const char   *label,
          const char   *action)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", yeji_attachment_get_id (self->attachment));
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_slots_menu (YejiFileCard *self)
{
  GPtrArray *slots = yeji_dictionary_get_slots (yeji_store_get_dictionary (self->store));
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < slots->len; i++)
    {
      const YejiSlot *slot = g_ptr_array_index (slots, i);
      g_autoptr (GMenuItem) item = NULL;

      if (g_str_equal (slot->id, yeji_attachment_get_slot (self->attachment))
          || !g_strv_contains ((const char *const *) slot->types,
                               yeji_attachment_get_media_type (self->attachment)))
        continue;
      item = g_menu_item_new (yeji_label (&slot->label), NULL);
      g_menu_item_set_action_and_target (item, "documents.move-to", "(ss)",
                                         yeji_attachment_get_id (self->attachment), slot->id);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

/* What can be made of the scan. */
static void
add_making (YejiFileCard *self,
            GMenu        *menu)
{
  const char *type = yeji_attachment_get_media_type (self->attachment);
  g_autoptr (GMenu) making = g_menu_new ();
  g_autoptr (GMenuItem) item = NULL;

  if (g_str_has_prefix (type, "image/") || g_str_equal (type, "application/pdf"))
    add_item (self, making, _("Make S_maller…"), "documents.shrink");
  if (yeji_attachment_get_original (self->attachment) != NULL)
    add_item (self, making, _("_Put the Original Back"), "documents.original");
  if (g_str_equal (type, "image/jpeg") || g_str_equal (type, "image/png"))
    {
      item = g_menu_item_new (_("One P_DF of the Pictures…"), NULL);
      g_menu_item_set_action_and_target (item, "documents.combine", "s",
                                         yeji_attachment_get_slot (self->attachment));
      g_menu_append_item (making, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (making));
}

static GMenuModel *
make_menu_model (YejiFileCard *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) show = g_menu_new ();
  g_autoptr (GMenu) order = g_menu_new ();
  g_autoptr (GMenu) removal = g_menu_new ();
  g_autoptr (GMenuModel) slots = make_slots_menu (self);

  add_item (self, show, _("_Show"), "documents.preview");
  add_item (self, show, _("_Open with Another Program"), "documents.open");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (show));
  if (!self->editable)
    return G_MENU_MODEL (menu);
  add_item (self, order, _("Move _Up"), "documents.up");
  add_item (self, order, _("Move _Down"), "documents.down");
  g_menu_append_submenu (order, _("Move _to"), slots);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (order));
  add_making (self, menu);
  add_item (self, removal, _("_Remove"), "documents.remove");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (removal));
  return G_MENU_MODEL (menu);
}

static void
pop_up (YejiFileCard       *self,
        const GdkRectangle *at)
{
  g_autoptr (GMenuModel) model = NULL;

  if (self->menu == NULL)
    {
      model = make_menu_model (self);
      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_secondary (GtkGestureClick *gesture,
              int              n_press,
              double           x,
              double           y,
              YejiFileCard    *self)
{
  pop_up (self, &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
on_menu_key (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   data)
{
  pop_up (YEJI_FILE_CARD (widget), &(GdkRectangle) { 24, gtk_widget_get_height (widget) - 8, 1, 1 });
  return GDK_EVENT_STOP;
}

/* ---- Dragging */

static GdkContentProvider *
on_prepare (GtkDragSource *source,
            double         x,
            double         y,
            YejiFileCard  *self)
{
  return gdk_content_provider_new_typed (YEJI_TYPE_ATTACHMENT, self->attachment);
}

static void
on_drag_begin (GtkDragSource *source,
               GdkDrag       *drag,
               YejiFileCard  *self)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (self->button);

  gtk_drag_source_set_icon (source, paintable, 16, 16);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dragged");
}

static void
on_drag_end (GtkDragSource *source,
             GdkDrag       *drag,
             gboolean       delete_data,
             YejiFileCard  *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "dragged");
}

static const struct
{
  const char *trigger;
  const char *action;
} keys[] = {
  { "Delete|KP_Delete", "documents.remove" },
  { "<Alt>Up|<Alt>KP_Up", "documents.up" },
  { "<Alt>Down|<Alt>KP_Down", "documents.down" },
  { "<Control>Return", "documents.open" },
};

static void
add_controllers (YejiFileCard *self)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();
  GtkDragSource *source;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].trigger),
                                                gtk_named_action_new (keys[i].action));

      gtk_shortcut_set_arguments (
        shortcut, g_variant_new_string (yeji_attachment_get_id (self->attachment)));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts), shortcut);
    }
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (shortcuts),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                      gtk_callback_action_new (on_menu_key, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), shortcuts);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect (secondary, "pressed", G_CALLBACK (on_secondary), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (secondary));
  if (!self->editable)
    return;
  source = gtk_drag_source_new ();
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (source, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}

static void
yeji_file_card_dispose (GObject *object)
{
  YejiFileCard *self = YEJI_FILE_CARD (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->store);
  g_clear_object (&self->attachment);
  G_OBJECT_CLASS (yeji_file_card_parent_class)->dispose (object);
}

static void
yeji_file_card_finalize (GObject *object)
{
  g_string_free (YEJI_FILE_CARD (object)->spoken, TRUE);
  G_OBJECT_CLASS (yeji_file_card_parent_class)->finalize (object);
}

static void
yeji_file_card_class_init (YejiFileCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yeji_file_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = yeji_file_card_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
yeji_file_card_init (YejiFileCard *self)
{
  self->spoken = g_string_new (NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "yeji-file");
}

/**
 * yeji_file_card_new:
 * @editable: whether it may be moved and removed
 *
 * Returns: (transfer floating): a card of a document
 */
GtkWidget *
yeji_file_card_new (YejiStore      *store,
                    YejiAttachment *attachment,
                    gboolean        editable)
{
  YejiFileCard *self = g_object_new (YEJI_TYPE_FILE_CARD, NULL);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->store = g_object_ref (store);
  self->attachment = g_object_ref (attachment);
  self->editable = editable;
  gtk_box_append (GTK_BOX (row), make_button (self));
  if (editable)
    gtk_box_append (GTK_BOX (row), make_remove_button (self));
  adw_bin_set_child (ADW_BIN (self), row);
  g_signal_connect_object (self->thumbnail, "loaded", G_CALLBACK (update_detail), self,
                           G_CONNECT_SWAPPED);
  yeji_thumbnail_show (YEJI_THUMBNAIL (self->thumbnail), store, attachment, 0);
  update_detail (self);
  add_controllers (self);
  return GTK_WIDGET (self);
}

/**
 * yeji_file_card_get_attachment:
 *
 * Returns: (transfer none): the document
 */
YejiAttachment *
yeji_file_card_get_attachment (YejiFileCard *self)
{
  return self->attachment;
}

/**
 * yeji_file_card_focus:
 *
 * Gives the keyboard to the card.
 */
void
yeji_file_card_focus (YejiFileCard *self)
{
  gtk_widget_grab_focus (self->button);
}

/**
 * yeji_file_card_set_same:
 * @words: where else the same scan is used
 *
 * Says so. May be called once.
 */
void
yeji_file_card_set_same (YejiFileCard *self,
                         const char   *words)
{
  g_return_if_fail (YEJI_IS_FILE_CARD (self));

  add_note (self, "dialog-warning-symbolic", "warning", words);
  update_detail (self);
}
