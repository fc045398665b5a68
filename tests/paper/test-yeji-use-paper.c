// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-use-paper.h"

#include <string.h>

#include "yeji-json.h"
#include "yeji-test.h"

static JsonNode *
make_list (guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  JsonNode *node;

  g_string_append (text, "{\"name\": \"施工总承包二级升一级（虚构）\", \"at\": \"2026-05-01T02:00:00Z\","
                         " \"kind_label\": {\"zh\": \"资质升级申报 - 企业代表工程业绩（施工）\", \"en\": \"Works\"},"
                         " \"enterprise_name\": \"示例建设集团有限公司\","
                         " \"enterprise\": \"91220000MA0000000X\", \"server_id\": null,"
                         " \"totals\": [");
  for (guint i = 0; i < 10; i++)
    g_string_append_printf (text, "%s{\"label\": {\"zh\": \"合同金额合计\", \"en\": \"Contracts\"},"
                                  " \"unit\": {\"zh\": \"万元\", \"en\": \"10,000 yuan\"},"
                                  " \"value\": \"%u2928.28\"}", i > 0 ? "," : "", i + 1);
  g_string_append (text, "], \"records\": [");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"uuid\": \"u%u\", \"name\": \"示例教学楼及体育馆工程第%u标段（虚构）\","
                                  " \"number\": \"2201041603300001\", \"grade\": \"B\","
                                  " \"office\": \"长春市城乡建设委员会 建筑业管理处\", \"reasons\": [],"
                                  " \"used\": [%s]}", i > 0 ? "," : "", i, i + 1,
                            i % 5 == 0 ? "{\"name\": \"2025 年增项申报（虚构）\"}" : "");
  g_string_append (text, "]}");
  node = yeji_json_parse (text->str, -1, &error);
  g_assert_no_error (error);
  return node;
}

static void
test_pages (void)
{
  static const struct
  {
    guint n, pages;
  } cases[] = { { 0, 1 }, { 1, 1 }, { 10, 1 }, { 40, 3 }, { 200, 10 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = make_list (cases[i].n);
      g_autoptr (YejiPaper) paper = yeji_use_paper_new (node, YEJI_LANGUAGE_ZH);

      g_test_message ("%u records: %u pages", cases[i].n, yeji_paper_count_pages (paper));
      g_assert_cmpuint (yeji_paper_count_pages (paper), >=, cases[i].pages / 2);
      g_assert_cmpuint (yeji_paper_count_pages (paper), <=, cases[i].pages * 2);
    }
}

static void
test_pdf (void)
{
  g_autofree char *dir = yeji_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "list.pdf", NULL);
  g_autofree char *nowhere = g_build_filename (dir, "no", "list.pdf", NULL);
  g_autoptr (JsonNode) node = make_list (30);
  g_autoptr (YejiPaper) paper = yeji_use_paper_new (node, YEJI_LANGUAGE_ZH);
  const char *kept = g_getenv ("YEJI_KEEP_PDF");
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  yeji_paper_write_pdf (paper, kept != NULL ? kept : path, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (kept != NULL ? kept : path, &contents, &length, NULL));
  g_assert_true (g_str_has_prefix (contents, "%PDF"));
  g_assert_cmpuint (length, >, 5000);
  g_assert_false (yeji_paper_write_pdf (paper, nowhere, &error));
  g_assert_nonnull (error);
  yeji_test_dir_remove (dir);
}

/* What is missing, empty or far too long is no reason not to print. */
static void
test_hostile (void)
{
  g_autofree char *longest = g_strnfill (20000, 'x');
  char *texts[] = {
    g_strdup ("{}"),
    g_strdup ("{\"name\": 7, \"at\": \"never\", \"records\": [{}], \"totals\": [{}]}"),
    g_strdup ("{\"name\": \"<b>&amp;\", \"records\": [{\"name\": null, \"reasons\": 7}]}"),
    g_strdup_printf ("{\"name\": \"%s\", \"records\": [{\"name\": \"%s\"}, {\"name\": \"y\"}]}",
                     longest, longest),
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node = yeji_json_parse (texts[i], -1, NULL);
      g_autoptr (YejiPaper) paper = yeji_use_paper_new (node, YEJI_LANGUAGE_EN);

      g_assert_cmpuint (yeji_paper_count_pages (paper), >=, 1);
      g_free (texts[i]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/use-paper/has-as-many-pages-as-it-needs", test_pages);
  g_test_add_func ("/paper/use-paper/is-written-whole-or-not-at-all", test_pdf);
  g_test_add_func ("/paper/use-paper/prints-whatever-a-list-says", test_hostile);
  return g_test_run ();
}
