// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-record-file.h"
#include "yeji-test.h"

#define NO_ERROR (-1)

static const struct
{
  const char *name;
  const char *text;
  guint n_records;
  int code;
  const char *message;         /* how the error begins */
} cases[] = {
  { "one", "{\"role\": \"design\", \"project\": {\"PrjName\": \"示例\"}}", 1, NO_ERROR, NULL },
  { "array", "[{\"role\": \"design\"}, {\"role\": \"survey\"}]", 2, NO_ERROR, NULL },
  { "empty-array", "[]", 0, NO_ERROR, NULL },
  { "lines", "{\"role\": \"survey\"}\n{\"role\": \"design\"}\n", 2, NO_ERROR, NULL },
  { "lines-of-windows", "{\"role\": \"survey\"}\r\n{\"role\": \"design\"}\r\n", 2, NO_ERROR, NULL },
  { "empty", "", 0, YEJI_EXCHANGE_ERROR_FORMAT, "" },
  { "workbook", "PK\x03\x04rest", 0, YEJI_EXCHANGE_ERROR_FORMAT, "" },
  { "truncated", "[{\"role\": \"des", 0, YEJI_EXCHANGE_ERROR_FORMAT, "" },
  { "foreign", "{\"project\": 7}", 0, YEJI_EXCHANGE_ERROR_FORMAT, "/project: " },
  { "foreign-in-array", "[{\"role\": \"design\"}, 7]", 0, YEJI_EXCHANGE_ERROR_FORMAT, "/1: /: " },
  { "same-uuid",
    "[{\"role\": \"design\", \"uuid\": \"abcdef00-1111-4111-8111-111111111111\"},"
    " {\"role\": \"design\", \"uuid\": \"ABCDEF00-1111-4111-8111-111111111111\"}]",
    0, YEJI_EXCHANGE_ERROR_FORMAT, "/1/uuid: " },
  { "another-program-s", "{\"name\": \"x\", \"version\": 1}", 0, YEJI_EXCHANGE_ERROR_FORMAT,
    "this is no record" },
  { "bad-line", "{\"role\": \"design\"}\n{\"role\": \"design\"}\n{\"a\n", 0, YEJI_EXCHANGE_ERROR_FORMAT, "line 3: " },
};

static void
test_read (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "示例.json", NULL);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, cases[i].text, -1, NULL));
  records = yeji_record_file_read (dictionary, path, &error);
  if (cases[i].code == NO_ERROR)
    {
      g_assert_no_error (error);
      g_assert_cmpuint (records->len, ==, cases[i].n_records);
    }
  else
    {
      g_assert_error (error, YEJI_EXCHANGE_ERROR, cases[i].code);
      if (!g_str_has_prefix (error->message, cases[i].message))
        g_error ("“%s” does not begin with “%s”", error->message, cases[i].message);
      g_assert_null (records);
    }
  yeji_test_dir_remove (dir);
}

static void
test_missing (void)
{
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_built_in (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (yeji_record_file_read (dictionary, "/nowhere/at-all.json", &error));
  g_assert_error (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_READ);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/exchange/record-file/%s", cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_read);
    }
  g_test_add_func ("/exchange/record-file/missing", test_missing);
  return g_test_run ();
}
