// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-choice"

#include "config.h"

#include "yeji-choice.h"

#include <string.h>

struct _YejiChoice
{
  GObject parent_instance;

  char *value;
  char *name;
  char *shown;                 /* beside the name */
  char *details;               /* below it, "" for none */
  char *folded;                /* what a search looks in */
};

G_DEFINE_FINAL_TYPE (YejiChoice, yeji_choice, G_TYPE_OBJECT)

static void
yeji_choice_finalize (GObject *object)
{
  YejiChoice *self = YEJI_CHOICE (object);

  g_free (self->value);
  g_free (self->name);
  g_free (self->shown);
  g_free (self->details);
  g_free (self->folded);
  G_OBJECT_CLASS (yeji_choice_parent_class)->finalize (object);
}

static void
yeji_choice_class_init (YejiChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_choice_finalize;
}

static void
yeji_choice_init (YejiChoice *self)
{
}

/**
 * yeji_choice_new:
 * @value: what the field gets
 * @name: what the user reads, "" when the value says it all
 *
 * Returns: (transfer full): a choice
 */
YejiChoice *
yeji_choice_new (const char *value,
                 const char *name)
{
  return yeji_choice_new_with_details (value, name, value, "");
}

/**
 * yeji_choice_new_with_details:
 * @value: what the field gets
 * @name: what the user reads, "" when @shown says it all
 * @shown: what is read instead of the value
 * @details: what tells it from others of the same name, "" for none
 *
 * Returns: (transfer full): a choice
 */
YejiChoice *
yeji_choice_new_with_details (const char *value,
                              const char *name,
                              const char *shown,
                              const char *details)
{
  YejiChoice *self = g_object_new (YEJI_TYPE_CHOICE, NULL);
  g_autofree char *all = g_strconcat (name, " ", shown, " ", details, NULL);

  self->value = g_strdup (value);
  self->name = g_strdup (name);
  self->shown = g_strdup (shown);
  self->details = g_strdup (details);
  self->folded = g_utf8_casefold (all, -1);
  return self;
}

/**
 * yeji_choice_get_shown:
 *
 * Returns: what is read instead of the value
 */
const char *
yeji_choice_get_shown (YejiChoice *self)
{
  return self->shown;
}

/**
 * yeji_choice_get_details:
 *
 * Returns: what tells it from others of the same name, "" for none
 */
const char *
yeji_choice_get_details (YejiChoice *self)
{
  return self->details;
}

/**
 * yeji_choice_get_value:
 *
 * Returns: what the field gets
 */
const char *
yeji_choice_get_value (YejiChoice *self)
{
  return self->value;
}

/**
 * yeji_choice_get_name:
 *
 * Returns: what the user reads
 */
const char *
yeji_choice_get_name (YejiChoice *self)
{
  return self->name;
}

/**
 * yeji_choice_add_words:
 * @words: that are not shown: initials, other names
 *
 * Lets it be found by more than what is read.
 */
void
yeji_choice_add_words (YejiChoice *self,
                       const char *words)
{
  g_autofree char *folded = g_utf8_casefold (words, -1);
  char *all = g_strconcat (self->folded, " ", folded, NULL);

  g_free (self->folded);
  self->folded = all;
}

/**
 * yeji_choice_matches:
 *
 * Returns: whether name or value contains @text, in whatever case
 */
gboolean
yeji_choice_matches (YejiChoice *self,
                     const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (self->folded, g_strstrip (folded)) != NULL;
}
