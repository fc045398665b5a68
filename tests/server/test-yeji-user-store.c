// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-server-demo.h"
#include "yeji-server-fixture.h"
#include "yeji-user-store.h"

static void
test_changes (void)
{
  static const struct
  {
    gboolean adds;
    YejiUserChange change;
    gboolean works;
  } steps[] = {
    { TRUE, { "a", "reviewer", NULL, NULL, NULL, NULL, NULL, "long-enough" }, TRUE },
    { TRUE, { "a", "reviewer", NULL, NULL, NULL, NULL, NULL, "long-enough" }, FALSE },
    { TRUE, { "b", "emperor", NULL, NULL, NULL, NULL, NULL, "long-enough" }, FALSE },
    { TRUE, { "b", "enterprise", NULL, NULL, NULL, NULL, NULL, "long-enough" }, FALSE },
    { TRUE, { "b", "enterprise", NULL, NULL, NULL, "名称", "代码", "short" }, FALSE },
    { TRUE, { "", "administrator", NULL, NULL, NULL, NULL, NULL, "long-enough" }, FALSE },
    { TRUE, { "b", "enterprise", NULL, NULL, NULL, "名称", "代码", "long-enough" }, TRUE },
    { FALSE, { "nobody", NULL, "某人" }, FALSE },
    { FALSE, { "a", NULL, NULL, "no-such-office" }, FALSE },
    { FALSE, { "a", NULL, "李审核", "220100", "建管处" }, TRUE },
  };
  g_autofree char *dir = yeji_test_dir_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  YejiUserStore *store = yeji_user_store_open (dir, &error);
  YejiAccount *account;

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError) reason = NULL;
      gboolean worked = steps[i].adds ? yeji_user_store_add (store, &steps[i].change, &reason)
                                      : yeji_user_store_set (store, &steps[i].change, &reason);

      g_test_message ("step %u", i);
      g_assert_cmpint (worked, ==, steps[i].works);
      g_assert_true (worked == (reason == NULL));
    }
  list = yeji_user_store_list (store, &error);
  g_assert_cmpuint (list->len, ==, 2);
  account = g_ptr_array_index (list, 0);
  g_assert_true (yeji_account_is_registered (account,
                                             yeji_user_store_get_context (store)->offices));
  g_assert_true (yeji_password_verify (account->password, "long-enough", 0, 0));
  g_assert_null (strstr (account->password, "long-enough"));
  yeji_user_store_close (store);
  yeji_test_dir_remove (dir);
}

static void
test_password (Province      *self,
               gconstpointer  data)
{
  YejiUserChange change = { "qiye", .password = "another-password" };
  YejiUserChange name = { "shi", .display_name = "王某" };
  YejiUserStore *store = yeji_user_store_open (self->dir, NULL);
  g_autoptr (YejiResponse) ended = NULL;
  g_autoptr (YejiResponse) other = NULL;

  g_assert_true (yeji_user_store_set (store, &change, NULL));
  g_assert_true (yeji_user_store_set (store, &name, NULL));
  yeji_user_store_close (store);
  ended = province_ask (self, "qiye", "GET", "/v1/changes", NULL, NULL);
  g_assert_cmpuint (ended->status, ==, 401);
  other = province_ask (self, "shi", "GET", "/v1/reviews", NULL, NULL);
  g_assert_cmpuint (other->status, ==, 200);
}

static GString *printed;

static void
keep_printed (const char *text)
{
  g_string_append (printed, text);
}

static void
test_demo (void)
{
  g_autofree char *dir = yeji_test_dir_new ();

  printed = g_string_new (NULL);
  for (guint i = 0; i < 2; i++)
    {
      GPrintFunc usual = g_set_print_handler (keep_printed);
      int status = yeji_server_demo (dir, NULL);

      g_set_print_handler (usual);
      g_assert_cmpint (status, ==, 0);
    }
  g_assert_nonnull (strstr (printed->str, "qiye\tenterprise\tyeji-demo\n"));
  g_string_free (printed, TRUE);
  yeji_test_dir_remove (dir);
}

static void
test_mapping (void)
{
  static const char * const wrong[] = {
    "", "[]", "{}", "{\"name\": {\"zh\": \"a\", \"en\": \"a\"}}",
    "{\"name\": {\"zh\": \"a\", \"en\": \"a\"}, \"project\": {\"name\": \"NoSuchField\","
    " \"number\": \"PrjNum\", \"area\": []}}",
  };
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (wrong[i], strlen (wrong[i]));
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) reason = NULL;

      g_assert_null (yeji_mapping_new (bytes, dictionary, &error));
      g_assert_nonnull (error);
      g_assert_null (yeji_offices_new (bytes, &reason));
      g_assert_nonnull (reason);
    }
}

static void
test_offices (Province      *self,
              gconstpointer  data)
{
  static const struct
  {
    const char *office, *area;
    gboolean covers;
  } cases[] = {
    { "province", "220104", TRUE }, { "province", "110000", TRUE }, { "220100", "220104", TRUE },
    { "220100", "220204", FALSE }, { "220104", "220104", TRUE }, { "220104", "220105", FALSE },
    { "220184", "220381", TRUE }, { "changbaishan", "222200", TRUE },
    { "changchun-new-area", "220104", TRUE }, { "220100", "", FALSE },
    { "220100", "110000", FALSE }, { "province", "", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const YejiOffice *office = yeji_offices_find (self->context->offices, cases[i].office);

      g_assert_nonnull (office);
      g_assert_cmpint (yeji_office_covers (office, cases[i].area), ==, cases[i].covers);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server/users/what-is-not-right-is-refused", test_changes);
  g_test_add ("/server/users/a-new-password-ends-the-sessions", Province, NULL, province_set_up,
              test_password, province_tear_down);
  g_test_add_func ("/server/users/the-demo-can-be-repeated", test_demo);
  g_test_add_func ("/server/settings/broken-ones-are-refused-at-the-start", test_mapping);
  g_test_add ("/server/settings/offices-cover-their-areas", Province, NULL, province_set_up,
              test_offices, province_tear_down);
  return g_test_run ();
}
