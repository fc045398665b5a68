// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-welcome-page"

#include "config.h"

#include "yeji-welcome-page.h"

#include <glib/gi18n.h>

#include "yeji-a11y.h"
#include "yeji-background.h"
#include "yeji-check-digit.h"
#include "yeji-enterprise.h"
#include "yeji-profile.h"
#include "yeji-query.h"

/* Set when the welcome was skipped, or when there were records: it comes once. */
#define WELCOMED_SETTING "app.welcomed"

struct _YejiWelcomePage
{
  AdwBin parent_instance;

  GtkStack *stack;
  AdwEntryRow *name;
  AdwEntryRow *code;
  GtkLabel *note;

  YejiStore *store;            /* (nullable) */
  guint edited;                /* generation of what is typed */
  guint saved;                 /* and of what is on the disk */
  guint sent;                  /* of what is being written; 0: nothing is */
  gboolean filling;            /* what changes is not typed */
};

enum
{
  NAMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiWelcomePage, yeji_welcome_page, ADW_TYPE_BIN)

/* What the page reads and writes on another thread. */
typedef struct
{
  YejiStore *store;
  char *name;
  char *code;
  gboolean welcomed;
} Facts;

static void
free_facts (gpointer data)
{
  Facts *facts = data;

  g_object_unref (facts->store);
  g_free (facts->name);
  g_free (facts->code);
  g_free (facts);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Facts, free_facts)

static Facts *
new_facts (YejiStore *store)
{
  Facts *facts = g_new0 (Facts, 1);

  facts->store = g_object_ref (store);
  return facts;
}

/* ---- Reading */

/* Nobody who has records is welcomed, nor when they are all gone one day. */
static gboolean
has_records (YejiStore *store)
{
  const YejiQuery all = { NULL };
  g_auto (GStrv) uuids = yeji_store_query_uuids (store, &all, 0, 1, NULL);

  return uuids != NULL && uuids[0] != NULL;
}

static gpointer
read_facts (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  YejiStore *store = data;
  g_autoptr (Facts) facts = new_facts (store);
  g_autofree char *welcomed = yeji_store_get_setting (store, WELCOMED_SETTING, NULL);

  facts->name = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_NAME, NULL);
  facts->code = yeji_store_get_setting (store, YEJI_PROFILE_SETTING_CODE, NULL);
  facts->welcomed = welcomed != NULL || has_records (store);
  if (welcomed == NULL && facts->welcomed)
    yeji_store_set_setting (store, WELCOMED_SETTING, "1", NULL);
  return g_steal_pointer (&facts);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (YejiWelcomePage) self = data;
  g_autoptr (Facts) facts = yeji_background_finish (result, NULL);

  if (facts == NULL || self->store == NULL)
    return;
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name), facts->name != NULL ? facts->name : "");
  gtk_editable_set_text (GTK_EDITABLE (self->code), facts->code != NULL ? facts->code : "");
  self->filling = FALSE;
  gtk_stack_set_visible_child_name (self->stack, facts->welcomed ? "empty" : "welcome");
}

/* ---- Saving */

static gpointer
write_facts (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Facts *facts = data;

  if (!yeji_store_set_setting (facts->store, YEJI_PROFILE_SETTING_NAME, facts->name, error)
      || !yeji_store_set_setting (facts->store, YEJI_PROFILE_SETTING_CODE, facts->code, error))
    return NULL;
  yeji_enterprise_read (facts->store);
  return g_strdup (facts->name);
}

static Facts *
read_typed (YejiWelcomePage *self)
{
  Facts *facts = new_facts (self->store);

  facts->name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  facts->code = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->code))));
  return facts;
}

static void save (YejiWelcomePage *self);

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (YejiWelcomePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = yeji_background_finish (result, &error);
  guint sent = self->sent;

  self->sent = 0;
  if (name == NULL)
    {
      g_message ("%s", error->message);
      gtk_label_set_text (self->note, _("This could not be saved. It is tried again as you type."));
      return;
    }
  self->saved = MAX (self->saved, sent);
  g_signal_emit (self, signals[NAMED], 0, name);
  save (self);
}

/* One at a time, so that the last one typed is the last one written. */
static void
save (YejiWelcomePage *self)
{
  if (self->store == NULL || self->sent != 0 || self->edited == self->saved)
    return;
  self->sent = self->edited;
  yeji_background_run (self->store, write_facts, read_typed (self), free_facts, g_free, on_written,
                       g_object_ref (self));
}

static void
update_note (YejiWelcomePage *self)
{
  g_autofree char *code = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->code))));
  gboolean wrong = *code != '\0' && !yeji_check_digit_credit_code (code);
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->code)));
  const char *note = wrong ? _("This is no valid credit code yet: 18 characters, the last of which "
                               "checks the others.")
                           : _("Both are offered wherever a record asks for them. They can wait.");

  gtk_label_set_text (self->note, note);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->note), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->note), "error");
  yeji_a11y_set_invalid (text, wrong);
  yeji_a11y_set_description (text, note);
}

static void
on_typed (YejiWelcomePage *self)
{
  update_note (self);
  if (self->filling)
    return;
  self->edited++;
  save (self);
}

/* ---- */

/* In libadwaita before 1.2.5 the text that has the focus carries neither role nor name. */
static void
name_entry_row (AdwEntryRow *row)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (row));
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));

  g_object_set (row, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  g_object_set (text, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX,
                "max-length", YEJI_PROFILE_MAX_NAME, NULL);
  yeji_a11y_set_name (GTK_WIDGET (row), title);
  yeji_a11y_set_name (GTK_WIDGET (text), title);
}

/* The window closes, perhaps, and the profile with it: what was typed in the last moment, which is
 * still on its way, must be there before. */
static void
yeji_welcome_page_unmap (GtkWidget *widget)
{
  YejiWelcomePage *self = YEJI_WELCOME_PAGE (widget);

  if (self->store != NULL && self->edited != self->saved)
    {
      g_autoptr (Facts) facts = read_typed (self);
      g_autofree char *name = write_facts (facts, NULL, NULL);

      if (name != NULL)
        self->saved = self->edited;
      if (name != NULL)
        g_signal_emit (self, signals[NAMED], 0, name);
    }
  GTK_WIDGET_CLASS (yeji_welcome_page_parent_class)->unmap (widget);
}

static void
yeji_welcome_page_dispose (GObject *object)
{
  g_clear_object (&YEJI_WELCOME_PAGE (object)->store);
  G_OBJECT_CLASS (yeji_welcome_page_parent_class)->dispose (object);
}

static void
yeji_welcome_page_class_init (YejiWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yeji_welcome_page_dispose;
  widget_class->unmap = yeji_welcome_page_unmap;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/yeji/Yeji/ui/yeji-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, YejiWelcomePage, stack);
  gtk_widget_class_bind_template_child (widget_class, YejiWelcomePage, name);
  gtk_widget_class_bind_template_child (widget_class, YejiWelcomePage, code);
  gtk_widget_class_bind_template_child (widget_class, YejiWelcomePage, note);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);

  signals[NAMED] = g_signal_new ("named", YEJI_TYPE_WELCOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
yeji_welcome_page_init (YejiWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name_entry_row (self->name);
  name_entry_row (self->code);
  update_note (self);
}

GtkWidget *
yeji_welcome_page_new (void)
{
  return g_object_new (YEJI_TYPE_WELCOME_PAGE, NULL);
}

/**
 * yeji_welcome_page_set_store:
 *
 * Finds out whether the clerk was welcomed already. May be called once.
 */
void
yeji_welcome_page_set_store (YejiWelcomePage *self,
                             YejiStore       *store)
{
  g_return_if_fail (YEJI_IS_WELCOME_PAGE (self));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  yeji_background_run (store, read_facts, g_object_ref (store), g_object_unref, free_facts, on_read,
                       g_object_ref (self));
}

static gpointer
note_welcomed (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return yeji_store_set_setting (data, WELCOMED_SETTING, "1", error) ? g_object_ref (data) : NULL;
}

/**
 * yeji_welcome_page_skip:
 *
 * Shows how to make a record instead, from now on.
 */
void
yeji_welcome_page_skip (YejiWelcomePage *self)
{
  g_return_if_fail (YEJI_IS_WELCOME_PAGE (self));

  if (self->store == NULL)
    return;
  save (self);
  gtk_stack_set_visible_child_name (self->stack, "empty");
  yeji_background_run (self->store, note_welcomed, g_object_ref (self->store), g_object_unref,
                       g_object_unref, NULL, NULL);
}

/**
 * yeji_welcome_page_is_welcome:
 *
 * Returns: whether it welcomes a clerk who begins
 */
gboolean
yeji_welcome_page_is_welcome (YejiWelcomePage *self)
{
  g_return_val_if_fail (YEJI_IS_WELCOME_PAGE (self), FALSE);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "welcome") == 0;
}
