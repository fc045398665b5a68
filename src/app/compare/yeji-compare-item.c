// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-compare"

#include "config.h"

#include "yeji-compare-item.h"

struct _YejiCompareItem
{
  GObject parent_instance;

  char *section;               /* (nullable): the title of a section */
  guint count;
  YejiComparison *comparison;  /* borrowed, as the next */
  const YejiDifference *difference;
  YejiDecision decision;
};

enum
{
  PROP_0,
  PROP_DECISION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (YejiCompareItem, yeji_compare_item, G_TYPE_OBJECT)

static void
yeji_compare_item_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (id == PROP_DECISION)
    g_value_set_int (value, (int) YEJI_COMPARE_ITEM (object)->decision);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
yeji_compare_item_finalize (GObject *object)
{
  g_free (YEJI_COMPARE_ITEM (object)->section);
  G_OBJECT_CLASS (yeji_compare_item_parent_class)->finalize (object);
}

static void
yeji_compare_item_class_init (YejiCompareItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = yeji_compare_item_get_property;
  object_class->finalize = yeji_compare_item_finalize;
  properties[PROP_DECISION] = g_param_spec_int ("decision", NULL, NULL, YEJI_DECISION_LATER,
                                                YEJI_DECISION_THEIRS, YEJI_DECISION_LATER,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
yeji_compare_item_init (YejiCompareItem *self)
{
}

/**
 * yeji_compare_item_new:
 *
 * Returns: (transfer full): a place; it must not outlive the comparison
 */
YejiCompareItem *
yeji_compare_item_new (YejiComparison       *comparison,
                       const YejiDifference *difference)
{
  YejiCompareItem *self = g_object_new (YEJI_TYPE_COMPARE_ITEM, NULL);

  self->comparison = comparison;
  self->difference = difference;
  return self;
}

/**
 * yeji_compare_item_new_section:
 *
 * Returns: (transfer full): a section in which nothing was counted yet
 */
YejiCompareItem *
yeji_compare_item_new_section (const char *title)
{
  YejiCompareItem *self = g_object_new (YEJI_TYPE_COMPARE_ITEM, NULL);

  self->section = g_strdup (title);
  return self;
}

/**
 * yeji_compare_item_count:
 *
 * Counts one more difference in a section.
 */
void
yeji_compare_item_count (YejiCompareItem *self)
{
  self->count++;
}

/**
 * yeji_compare_item_get_section:
 *
 * Returns: (nullable): the title of a section, %NULL of a place
 */
const char *
yeji_compare_item_get_section (YejiCompareItem *self)
{
  return self->section;
}

guint
yeji_compare_item_get_count (YejiCompareItem *self)
{
  return self->count;
}

YejiComparison *
yeji_compare_item_get_comparison (YejiCompareItem *self)
{
  return self->comparison;
}

/**
 * yeji_compare_item_get_difference:
 *
 * Returns: (nullable): the place, %NULL of a section
 */
const YejiDifference *
yeji_compare_item_get_difference (YejiCompareItem *self)
{
  return self->difference;
}

/**
 * yeji_compare_item_is_different:
 *
 * Returns: whether it is a place that is not the same everywhere
 */
gboolean
yeji_compare_item_is_different (YejiCompareItem *self)
{
  return self->difference != NULL && self->difference->kind != YEJI_DIFFERENCE_NONE;
}

YejiDecision
yeji_compare_item_get_decision (YejiCompareItem *self)
{
  return self->decision;
}

void
yeji_compare_item_set_decision (YejiCompareItem *self,
                                YejiDecision     decision)
{
  g_return_if_fail (YEJI_IS_COMPARE_ITEM (self));

  if (self->decision == decision)
    return;
  self->decision = decision;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DECISION]);
}
