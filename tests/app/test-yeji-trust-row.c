// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-trust-row.h"

#include "app-fixture.h"
#include "yeji-trust.h"

#define KEY "24fbc5d673e06bd3c3859c1c60cdce14f9e8172d08a497af57b225a0bad40ac9"

static void
collect (GtkWidget *widget,
         GPtrArray *entries)
{
  if (ADW_IS_ENTRY_ROW (widget))
    g_ptr_array_add (entries, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, entries);
}

/* The key's entry comes first, the authority's after it. */
static void
type (YejiTrustRow *row,
      const char   *key,
      const char   *authority)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();

  collect (GTK_WIDGET (row), entries);
  g_assert_cmpuint (entries->len, ==, 2);
  gtk_editable_set_text (g_ptr_array_index (entries, 0), key);
  gtk_editable_set_text (g_ptr_array_index (entries, 1), authority);
}

static void
assert_kept (AppFixture *fixture,
             const char *key,
             const char *authority)
{
  g_auto (YejiTrustSettings) settings = { NULL };

  g_assert_true (yeji_trust_settings_read (&settings, fixture->store, NULL));
  g_assert_cmpstr (settings.key, ==, key);
  g_assert_cmpstr (settings.authority, ==, authority);
}

static void
test_keeps (AppFixture    *fixture,
            gconstpointer  data)
{
  g_autofree char *path = g_build_filename (g_getenv ("YEJI_CERTIFICATES"), "authority.pem", NULL);
  YejiTrustRow *row = g_object_ref_sink (g_object_new (YEJI_TYPE_TRUST_ROW, NULL));
  g_autoptr (GError) error = NULL;

  yeji_trust_row_set_store (row, fixture->store);
  g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)));
  g_assert_true (yeji_trust_row_apply (row, &error));
  assert_kept (fixture, NULL, NULL);

  type (row, " 24:FB:C5:D6 73E06BD3C3859C1C60CDCE14F9E8172D08A497AF57B225A0BAD40AC9 ", path);
  g_assert_true (yeji_trust_row_apply (row, &error));
  g_assert_no_error (error);
  assert_kept (fixture, KEY, path);

  /* whoever has something there sees it */
  yeji_trust_row_set_store (row, fixture->store);
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)));
  g_assert_true (yeji_trust_row_apply (row, &error));
  assert_kept (fixture, KEY, path);

  type (row, "", " ");
  g_assert_true (yeji_trust_row_apply (row, &error));
  assert_kept (fixture, NULL, NULL);
  g_assert_finalize_object (row);
}

static void
test_refuses (AppFixture    *fixture,
              gconstpointer  data)
{
  static const struct
  {
    const char *key;
    const char *authority;
  } cases[] = {
    { "abc", "" }, { "", "/nowhere/authority.pem" }, { "密钥", "" },
  };
  YejiTrustRow *row = g_object_ref_sink (g_object_new (YEJI_TYPE_TRUST_ROW, NULL));

  yeji_trust_row_set_store (row, fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), FALSE);
      type (row, cases[i].key, cases[i].authority);
      g_assert_false (yeji_trust_row_apply (row, &error));
      g_assert_nonnull (error);
      g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)));
      assert_kept (fixture, NULL, NULL);
    }
  g_assert_finalize_object (row);
}

static void
add_tests (void)
{
  app_fixture_add_bare ("/app/trust-row/keeps-what-is-demanded-of-the-province", test_keeps);
  app_fixture_add_bare ("/app/trust-row/refuses-what-means-nothing", test_refuses);
}

int
main (int    argc,
      char **argv)
{
  return app_fixture_main (&argc, &argv, add_tests);
}
