// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-use-item"

#include "config.h"

#include "yeji-use-item.h"

#include <string.h>

#include <glib/gi18n.h>

struct _YejiUseItem
{
  GObject parent_instance;

  char *uuid;
  char *name;
  char *detail;                /* number, grade, who approved it */
  char *note;                  /* why it does not count, or where else it is used */
  char *values;                /* what it brings */
  char *folded;                /* what is searched */
  gboolean ticked;
  gboolean counts;
  gboolean editable;
};

enum
{
  PROP_TICKED = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (YejiUseItem, yeji_use_item, G_TYPE_OBJECT)

static void
yeji_use_item_finalize (GObject *object)
{
  YejiUseItem *self = YEJI_USE_ITEM (object);

  g_free (self->uuid);
  g_free (self->name);
  g_free (self->detail);
  g_free (self->note);
  g_free (self->values);
  g_free (self->folded);
  G_OBJECT_CLASS (yeji_use_item_parent_class)->finalize (object);
}

static void
yeji_use_item_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  g_value_set_boolean (value, YEJI_USE_ITEM (object)->ticked);
}

static void
yeji_use_item_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  yeji_use_item_set_ticked (YEJI_USE_ITEM (object), g_value_get_boolean (value));
}

static void
yeji_use_item_class_init (YejiUseItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = yeji_use_item_finalize;
  object_class->get_property = yeji_use_item_get_property;
  object_class->set_property = yeji_use_item_set_property;
  properties[PROP_TICKED] = g_param_spec_boolean ("ticked", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                  | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
yeji_use_item_init (YejiUseItem *self)
{
}

static void
append_part (GString    *text,
             const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static char *
describe (const YejiUseCandidate *candidate)
{
  GString *text = g_string_new (NULL);
  g_autofree char *grade = candidate->grade != NULL
                             ? g_strdup_printf (_("Grade %s"), candidate->grade) : NULL;

  append_part (text, candidate->number);
  append_part (text, grade);
  append_part (text, candidate->office);
  return g_string_free (text, FALSE);
}

static char *
describe_uses (const YejiUseChoice    *choice,
               const YejiUseCandidate *candidate,
               const YejiUseList      *list)
{
  g_autoptr (GPtrArray) uses = yeji_use_choice_find_uses (choice, candidate->uuid, list->id);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < uses->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? C_("between names", ", ") : "",
                            ((const YejiUseList *) g_ptr_array_index (uses, i))->name);
  return uses->len > 0 ? g_strdup_printf (_("Also in: %s"), names->str) : g_strdup ("");
}

static char *
print_values (const YejiUseChoice    *choice,
              const YejiUseCandidate *candidate)
{
  const YejiLanguage language = yeji_language_get_current ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < choice->kind->indicators->len; i++)
    {
      const YejiIndicator *indicator = g_ptr_array_index (choice->kind->indicators, i);
      g_autofree char *value = NULL;
      const char *unit = yeji_indicator_get_unit (indicator, language);

      if (!indicator->column || candidate->values[i] <= 0)
        continue;
      value = yeji_indicator_print (indicator, candidate->values[i]);
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? "\n" : "", value,
                              unit != NULL ? unit : "");
    }
  return g_string_free (text, FALSE);
}

/**
 * yeji_use_item_new:
 * @list: the list that is being made, or looked at
 *
 * Returns: (transfer full): the record in words
 */
YejiUseItem *
yeji_use_item_new (const YejiUseChoice    *choice,
                   const YejiUseCandidate *candidate,
                   const YejiUseList      *list)
{
  YejiUseItem *self = g_object_new (YEJI_TYPE_USE_ITEM, NULL);
  g_autofree char *all = NULL;

  self->uuid = g_strdup (candidate->uuid);
  self->name = g_strdup (candidate->name != NULL && *candidate->name != '\0' ? candidate->name
                                                                            : _("(no name)"));
  self->detail = describe (candidate);
  self->counts = candidate->reasons->len == 0;
  self->editable = yeji_use_list_is_editable (list);
  self->ticked = yeji_use_list_carries (list, candidate->uuid);
  self->note = self->counts ? describe_uses (choice, candidate, list)
                            : yeji_use_candidate_print_reasons (candidate,
                                                                yeji_language_get_current ());
  self->values = print_values (choice, candidate);
  all = g_strjoin (" ", self->name, self->detail, NULL);
  self->folded = g_utf8_casefold (all, -1);
  return self;
}

/**
 * yeji_use_item_equal:
 *
 * Returns: whether both say the same of the same record
 */
gboolean
yeji_use_item_equal (YejiUseItem *self,
                     YejiUseItem *other)
{
  return self->ticked == other->ticked && self->counts == other->counts
         && self->editable == other->editable && g_str_equal (self->uuid, other->uuid)
         && g_str_equal (self->name, other->name) && g_str_equal (self->detail, other->detail)
         && g_str_equal (self->note, other->note) && g_str_equal (self->values, other->values);
}

const char *
yeji_use_item_get_uuid (YejiUseItem *self)
{
  return self->uuid;
}

const char *
yeji_use_item_get_name (YejiUseItem *self)
{
  return self->name;
}

const char *
yeji_use_item_get_detail (YejiUseItem *self)
{
  return self->detail;
}

/**
 * yeji_use_item_get_note:
 *
 * Returns: why it does not count, or where else it is used; maybe ""
 */
const char *
yeji_use_item_get_note (YejiUseItem *self)
{
  return self->note;
}

/**
 * yeji_use_item_get_values:
 *
 * Returns: what it brings, a figure a line
 */
const char *
yeji_use_item_get_values (YejiUseItem *self)
{
  return self->values;
}

gboolean
yeji_use_item_get_ticked (YejiUseItem *self)
{
  return self->ticked;
}

void
yeji_use_item_set_ticked (YejiUseItem *self,
                          gboolean     ticked)
{
  if (self->ticked == ticked)
    return;
  self->ticked = ticked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TICKED]);
}

gboolean
yeji_use_item_counts (YejiUseItem *self)
{
  return self->counts;
}

/**
 * yeji_use_item_is_editable:
 *
 * Returns: whether the tick can be set or taken away: what does not count any more can only be
 *   taken out
 */
gboolean
yeji_use_item_is_editable (YejiUseItem *self)
{
  return self->editable && (self->counts || self->ticked);
}

/**
 * yeji_use_item_matches:
 * @folded: what was typed, case folded
 *
 * Returns: whether name, number or office has it
 */
gboolean
yeji_use_item_matches (YejiUseItem *self,
                       const char  *folded)
{
  return strstr (self->folded, folded) != NULL;
}
