// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "yeji-normaliser.h"

#include <string.h>

#include "yeji-validator.h"

#define N_RANDOM 10000
#define N_AMOUNTS 5000
#define MAX_RANDOM_LENGTH 120   /* bytes */

/* What a case expects where nothing may be offered, and for the empty text. */
#define NOTHING "-"
#define EMPTY "(empty)"

#define MIN_CASES 300
#define MIN_REFUSED 60

typedef struct
{
  YejiDictionary *dictionary;
  YejiNormaliser *normaliser;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->dictionary = yeji_dictionary_new_built_in (&error);
  g_assert_no_error (error);
  fixture->normaliser = yeji_normaliser_new (fixture->dictionary);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->normaliser);
  g_assert_finalize_object (fixture->dictionary);
}

static GStrv
read_cases (void)
{
  const char *path = g_getenv ("YEJI_NORMALISER_CASES");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (path);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (text, "\n", -1);
}

static char *
join_values (GPtrArray *suggestions)
{
  g_autoptr (GString) joined = g_string_new (suggestions->len == 0 ? NOTHING : NULL);

  for (guint i = 0; i < suggestions->len; i++)
    {
      const YejiSuggestion *suggestion = g_ptr_array_index (suggestions, i);

      g_string_append_printf (joined, "%s%s", i > 0 ? " | " : "",
                              *suggestion->value != '\0' ? suggestion->value : EMPTY);
    }
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

/* What must hold of every offer, whatever was typed. */
static void
check_offer (Fixture    *fixture,
             const char *kind,
             const char *text,
             GPtrArray  *suggestions)
{
  g_assert_cmpuint (suggestions->len, <=, 5);
  for (guint i = 0; i < suggestions->len; i++)
    {
      const YejiSuggestion *suggestion = g_ptr_array_index (suggestions, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) again = yeji_normaliser_offer_kind (fixture->normaliser, kind,
                                                                suggestion->value, &error);
      g_autofree char *better = NULL;

      g_assert_no_error (error);
      better = join_values (again);
      if (again->len > 0)
        g_error ("%s: “%s” gave “%s”, and that gave “%s”", kind, text, suggestion->value, better);
      if (!yeji_normaliser_accepts_kind (fixture->normaliser, kind, suggestion->value))
        g_error ("%s: “%s” gave “%s”, which is wrong", kind, text, suggestion->value);
      g_assert_cmpstr (suggestion->value, !=, text);
      g_assert_cmpstr (yeji_normaliser_describe (suggestion->reason), !=, "");
    }
}

static void
test_cases (Fixture       *fixture,
            gconstpointer  data)
{
  g_auto (GStrv) lines = read_cases ();
  guint n_cases = 0, n_refused = 0, n_wrong = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) suggestions = NULL;
      g_autofree char *text = NULL, *expected = NULL, *values = NULL;
      const YejiSuggestion *first;

      if (*lines[i] == '\0' || *lines[i] == '#')
        continue;
      if (g_strv_length (columns) != 4)
        g_error ("line %u needs four columns", i + 1);
      text = g_strcompress (columns[1]);
      expected = g_strcompress (columns[2]);
      suggestions = yeji_normaliser_offer_kind (fixture->normaliser, columns[0], text, &error);
      g_assert_no_error (error);
      check_offer (fixture, columns[0], text, suggestions);
      values = join_values (suggestions);
      first = suggestions->len > 0 ? g_ptr_array_index (suggestions, 0) : NULL;
      if (!g_str_equal (values, expected)
          || !g_str_equal (first != NULL ? first->reason : NOTHING, columns[3]))
        {
          g_test_message ("line %u: %s “%s”: expected %s (%s), got %s (%s)", i + 1, columns[0],
                          columns[1], columns[2], columns[3], values,
                          first != NULL ? first->reason : NOTHING);
          n_wrong++;
        }
      n_cases++;
      n_refused += first == NULL;
    }
  g_test_message ("%u cases, %u of them without an offer", n_cases, n_refused);
  g_assert_cmpuint (n_wrong, ==, 0);
  g_assert_cmpuint (n_cases, >=, MIN_CASES);
  g_assert_cmpuint (n_refused, >=, MIN_REFUSED);
}

/* The validator judges independently: of what is offered it finds neither type, nor length, nor
 * code, nor format wrong. */
static gboolean
is_wrong (const YejiRule *rule)
{
  return rule->severity == YEJI_SEVERITY_ERROR
         && (rule->kind == YEJI_RULE_LENGTH || rule->kind == YEJI_RULE_CHARACTERS
             || rule->kind == YEJI_RULE_NUMBER || rule->kind == YEJI_RULE_DATE
             || rule->kind == YEJI_RULE_CODE
             || (rule->kind == YEJI_RULE_FORMAT && rule->fields->len == 0));
}

static const YejiRule *
find_rule (Fixture    *fixture,
           const char *id)
{
  GPtrArray *rules = yeji_dictionary_get_rules (fixture->dictionary);

  for (guint i = 0; i < rules->len; i++)
    if (g_str_equal (((const YejiRule *) g_ptr_array_index (rules, i))->id, id))
      return g_ptr_array_index (rules, i);
  return NULL;
}

static void
judge_value (Fixture            *fixture,
             const YejiFieldDef *field,
             const char         *text,
             const char         *value)
{
  g_autoptr (YejiRecord) record = yeji_record_new (fixture->dictionary, NULL,
                                                    "construction");
  g_autoptr (YejiValidator) validator = yeji_validator_new (fixture->dictionary,
                                                             YEJI_LANGUAGE_EN);
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *pointer = NULL;
  gboolean root = field->table == yeji_dictionary_get_root (fixture->dictionary);

  pointer = root ? g_strdup_printf ("/%s/%s", field->table->member, field->id)
                 : g_strdup_printf ("/%s/0/%s", field->table->member, field->id);
  if (!root)
    yeji_record_append_row (record, field->table);
  yeji_row_set (root ? yeji_record_get_project (record)
                     : yeji_record_get_row (record, field->table, 0), field, value);
  problems = yeji_validator_check (validator, record, "2030-01-01", NULL);
  for (guint i = 0; i < problems->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (problems, i);
      const YejiRule *rule = find_rule (fixture, yeji_problem_get_rule (problem));

      if (rule != NULL && is_wrong (rule)
          && g_str_equal (yeji_problem_get_pointer (problem), pointer))
        g_error ("%s.%s: “%s” gave “%s”: %s", field->table->id, field->id, text, value,
                 rule->id);
    }
}

/* Every text of the table is typed into every field. */
static void
test_fields (Fixture       *fixture,
             gconstpointer  data)
{
  g_auto (GStrv) lines = read_cases ();
  GPtrArray *tables = yeji_dictionary_get_tables (fixture->dictionary);
  g_autoptr (GHashTable) judged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint t = 0; t < tables->len; t++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, t);

      for (guint f = 0; f < table->fields->len; f++)
        for (guint i = 0; lines[i] != NULL; i++)
          {
            const YejiFieldDef *field = g_ptr_array_index (table->fields, f);
            g_autofree char *kind = g_strdup_printf ("%s.%s", table->id, field->id);
            g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
            g_autoptr (GPtrArray) suggestions = NULL;
            g_autofree char *text = NULL;

            if (g_strv_length (columns) != 4 || *lines[i] == '#')
              continue;
            text = g_strcompress (columns[1]);
            suggestions = yeji_normaliser_offer (fixture->normaliser, field, text);
            check_offer (fixture, kind, text, suggestions);
            for (guint j = 0; j < suggestions->len; j++)
              {
                const YejiSuggestion *suggestion = g_ptr_array_index (suggestions, j);

                if (g_hash_table_add (judged, g_strconcat (kind, "\t", suggestion->value, NULL)))
                  judge_value (fixture, field, text, suggestion->value);
              }
          }
    }
  g_test_message ("%u offers judged", g_hash_table_size (judged));
}

/* The texts of the table, and the characters that they are made of. */
typedef struct
{
  GPtrArray *kinds;
  GPtrArray *texts;            /* that was typed for the kind of the same place */
  GArray *alphabet;            /* (element-type gunichar) */
} Material;

static void
gather (Material *material)
{
  g_auto (GStrv) lines = read_cases ();

  material->kinds = g_ptr_array_new_with_free_func (g_free);
  material->texts = g_ptr_array_new_with_free_func (g_free);
  material->alphabet = g_array_new (FALSE, FALSE, sizeof (gunichar));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
      char *text;

      if (g_strv_length (columns) != 4 || *lines[i] == '#')
        continue;
      text = g_strcompress (columns[1]);
      g_ptr_array_add (material->kinds, g_strdup (columns[0]));
      g_ptr_array_add (material->texts, text);
      for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
        {
          gunichar character = g_utf8_get_char (c);

          g_array_append_val (material->alphabet, character);
        }
    }
}

static guint
choose (GRand *rand,
        guint  n)
{
  return (guint) g_rand_int_range (rand, 0, (gint32) n);
}

/* A text of the table with a few characters left out, put in or put in the place of another, or
 * a text out of runs of such texts. */
static char *
make_text (const Material *material,
           GRand          *rand,
           guint           at)
{
  GString *text = g_string_new (NULL);
  guint rate = choose (rand, 4) == 0 ? 2 : 8;
  const char *c = g_ptr_array_index (material->texts, at);

  for (; *c != '\0' && text->len < MAX_RANDOM_LENGTH; c = g_utf8_next_char (c))
    {
      guint edit = choose (rand, rate);

      if (edit <= 1 && rate > 2)
        g_string_append_unichar (text, g_array_index (material->alphabet, gunichar,
                                                      choose (rand, material->alphabet->len)));
      if (edit != 0)
        g_string_append_unichar (text, g_utf8_get_char (c));
      if (choose (rand, 16) == 0)
        c = g_ptr_array_index (material->texts, choose (rand, material->texts->len));
      if (*c == '\0')
        break;
    }
  return g_string_free (text, FALSE);
}

static void
test_random (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20160330);
  Material material;
  guint n_offers = 0;

  gather (&material);
  for (guint i = 0; i < N_RANDOM; i++)
    {
      guint at = choose (rand, material.texts->len);
      guint other = choose (rand, 4) == 0 ? choose (rand, material.kinds->len) : at;
      const char *kind = g_ptr_array_index (material.kinds, other);
      g_autofree char *text = make_text (&material, rand, at);
      g_autoptr (GPtrArray) suggestions = yeji_normaliser_offer_kind (fixture->normaliser, kind,
                                                                      text, NULL);

      g_assert_nonnull (suggestions);
      check_offer (fixture, kind, text, suggestions);
      n_offers += suggestions->len;
    }
  g_test_message ("%u offers for %u texts", n_offers, N_RANDOM);
  g_assert_cmpuint (n_offers, >, N_RANDOM / 10);
  g_ptr_array_unref (material.kinds);
  g_ptr_array_unref (material.texts);
  g_array_unref (material.alphabet);
}

static void
expect (Fixture    *fixture,
        const char *kind,
        const char *text,
        const char *value)
{
  g_autoptr (GPtrArray) suggestions = yeji_normaliser_offer_kind (fixture->normaliser, kind, text,
                                                                  NULL);
  g_autofree char *values = join_values (suggestions);

  if (!g_str_equal (values, value))
    g_error ("%s: “%s” gave %s, not %s", kind, text, values, value);
}

/* Every day of thirty years in forms that can mean no other. */
static void
test_days (Fixture       *fixture,
           gconstpointer  data)
{
  static const char * const months[] = {
    "Jan", "February", "Mar", "April", "May", "June", "July", "Aug", "Sept", "October", "Nov",
    "December",
  };
  g_autoptr (GDate) day = g_date_new_dmy (1, G_DATE_JANUARY, 1995);
  g_autoptr (GDate) zero = g_date_new_dmy (30, G_DATE_DECEMBER, 1899);

  for (; g_date_get_year (day) < 2025; g_date_add_days (day, 1))
    {
      guint y = g_date_get_year (day), m = (guint) g_date_get_month (day);
      guint d = g_date_get_day (day);
      g_autofree char *value = g_strdup_printf ("%04u-%02u-%02u", y, m, d);
      g_autofree char *chinese = g_strdup_printf ("%u年%u月%u日", y, m, d);
      g_autofree char *dotted = g_strdup_printf ("%u.%u.%u", y, m, d);
      g_autofree char *compact = g_strdup_printf ("%04u%02u%02u", y, m, d);
      g_autofree char *english = g_strdup_printf ("%u %s %u", d, months[m - 1], y);
      g_autofree char *american = g_strdup_printf ("%s %u, %u", months[m - 1], d, y);
      g_autofree char *serial = g_strdup_printf ("%d", g_date_days_between (zero, day));
      const char *forms[] = { chinese, dotted, compact, english, american, serial };

      for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
        expect (fixture, "date", forms[i], value);
    }
}

/* Writes a number below 10^8 as it stands on a cheque. */
static void
append_words (GString *words,
              guint    number)
{
  static const char * const digits[] = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" };
  static const char * const units[] = { "", "拾", "佰", "仟" };
  gboolean zero = FALSE;

  if (number >= 10000)
    {
      append_words (words, number / 10000);
      g_string_append (words, "万");
      zero = number % 10000 != 0 && number % 10000 < 1000;
      number %= 10000;
    }
  for (guint i = 4, power = 1000; i > 0; i--, power /= 10)
    {
      guint digit = number / power % 10;

      if (digit > 0 && zero)
        g_string_append (words, digits[0]);
      if (digit > 0)
        g_string_append_printf (words, "%s%s", digits[digit], units[i - 1]);
      zero = digit == 0 && words->len > 0 && (zero || power < 1000 || number >= power);
    }
}

/* Amounts in yuan, in digits and in words, against whole-number arithmetic. */
static void
test_amounts (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (81);

  for (guint i = 0; i < N_AMOUNTS; i++)
    {
      guint limit = 10;
      guint yuan;
      g_autoptr (GString) value = g_string_new (NULL);
      g_autoptr (GString) words = g_string_new (NULL);
      g_autofree char *digits = NULL;

      for (guint n = choose (rand, 8); n > 0; n--)
        limit *= 10;
      yuan = 1 + choose (rand, limit - 1);
      if (choose (rand, 3) == 0)
        yuan = MAX (yuan / 1000 * 1000, 1);
      g_string_printf (value, "%u.%04u", yuan / 10000, yuan % 10000);
      while (value->str[value->len - 1] == '0')
        g_string_truncate (value, value->len - 1);
      if (value->str[value->len - 1] == '.')
        g_string_truncate (value, value->len - 1);
      digits = g_strdup_printf ("%u元", yuan);
      expect (fixture, "万元", digits, value->str);
      append_words (words, yuan);
      g_string_append (words, "元整");
      expect (fixture, "万元", words->str, value->str);
    }
}

/* Every code is found by its name and by its initials. */
static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  GPtrArray *lists = yeji_dictionary_get_code_lists (fixture->dictionary);

  for (guint i = 0; i < lists->len; i++)
    {
      const YejiCodeList *list = g_ptr_array_index (lists, i);

      for (guint j = 0; j < list->items->len; j++)
        {
          const YejiCode *code = g_ptr_array_index (list->items, j);
          const char *texts[] = { code->name,
                                  yeji_normaliser_get_initials (fixture->normaliser, code) };

          for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
            {
              g_autoptr (GPtrArray) suggestions = NULL;
              gboolean found = code->status != YEJI_CODE_CURRENT && k > 0;

              /* 否 is "f", which could be anything */
              if (strlen (texts[k]) < 2 || g_ascii_isdigit (*texts[k]))
                continue;
              suggestions = yeji_normaliser_offer_kind (fixture->normaliser, list->id, texts[k],
                                                        NULL);
              for (guint n = 0; n < suggestions->len; n++)
                {
                  const YejiSuggestion *suggestion = g_ptr_array_index (suggestions, n);

                  found = found || g_str_equal (suggestion->value, code->code)
                          || g_strcmp0 (suggestion->value, code->replaced_by) == 0;
                }
              if (!found)
                g_error ("%s: “%s” does not lead to %s", list->id, texts[k], code->code);
            }
        }
    }
}

static void
test_initials (Fixture       *fixture,
               gconstpointer  data)
{
  GPtrArray *lists = yeji_dictionary_get_code_lists (fixture->dictionary);

  for (guint i = 0; i < lists->len; i++)
    {
      const YejiCodeList *list = g_ptr_array_index (lists, i);

      for (guint j = 0; j < list->items->len; j++)
        {
          const YejiCode *code = g_ptr_array_index (list->items, j);

          if (*yeji_normaliser_get_initials (fixture->normaliser, code) == '\0')
            g_error ("%s: “%s” needs initials of its own", list->id, code->name);
        }
    }
}

static void
test_kinds (Fixture       *fixture,
            gconstpointer  data)
{
  static const char * const unknown[] = {
    "", ".", "TBProjectInfo", "TBProjectInfo.", "project.NoSuchField", "no.PrjNum", "吨", "datum",
  };

  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (yeji_normaliser_offer_kind (fixture->normaliser, unknown[i], "1", &error));
      g_assert_error (error, YEJI_NORMALISER_ERROR, YEJI_NORMALISER_ERROR_KIND);
      g_assert_false (yeji_normaliser_accepts_kind (fixture->normaliser, unknown[i], "1"));
    }
}

static void
test_hostile (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const kinds[] = {
    "date", "number", "text", "long_text", "万元", "area", "credit_code", "citizen_id", "phone",
    "permits.ProvinceBuilderLicenceNum", "contracts.ContractMoney",
  };
  static const char * const pieces[] = {
    "9", " ", "一", "万", "[", "（", "1,", "-", "\xe3\x80\x80", "\xe2\x80\x8b", "年", "a", "1亿",
  };
  static const char * const broken[] = { "\xff", "2016\xe5\xb9", "\xed\xa0\x80", "\xc0\x80" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (pieces); j++)
        {
          g_autofree char *text = g_malloc0 (strlen (pieces[j]) * 100000 + 1);
          g_autoptr (GPtrArray) suggestions = NULL;

          for (guint n = 0; n < 100000; n++)
            memcpy (text + n * strlen (pieces[j]), pieces[j], strlen (pieces[j]));
          suggestions = yeji_normaliser_offer_kind (fixture->normaliser, kinds[i], text, NULL);
          check_offer (fixture, kinds[i], "long", suggestions);
          g_clear_pointer (&suggestions, g_ptr_array_unref);
          text[strlen (pieces[j]) * 300] = '\0';
          suggestions = yeji_normaliser_offer_kind (fixture->normaliser, kinds[i], text, NULL);
          check_offer (fixture, kinds[i], text, suggestions);
        }
      for (guint j = 0; j < G_N_ELEMENTS (broken); j++)
        {
          g_autoptr (GPtrArray) suggestions =
            yeji_normaliser_offer_kind (fixture->normaliser, kinds[i], broken[j], NULL);

          g_assert_cmpuint (suggestions->len, ==, 0);
        }
    }
}

static void
test_platform_field (Fixture       *fixture,
                     gconstpointer  data)
{
  const YejiFieldDef *field = yeji_dictionary_find_field (fixture->dictionary, "TBProjectInfo",
                                                          "CreateDate");
  g_autoptr (GPtrArray) suggestions = yeji_normaliser_offer (fixture->normaliser, field,
                                                             "2016年3月30日");

  g_assert_true (field->by_platform);
  g_assert_cmpuint (suggestions->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/rules/normaliser/offers-what-the-table-says", Fixture, NULL, set_up, test_cases,
              tear_down);
  g_test_add ("/rules/normaliser/offers-nothing-that-the-validator-refuses", Fixture, NULL,
              set_up, test_fields, tear_down);
  g_test_add ("/rules/normaliser/offers-nothing-better-for-what-it-offered", Fixture, NULL,
              set_up, test_random, tear_down);
  g_test_add ("/rules/normaliser/reads-every-day", Fixture, NULL, set_up, test_days, tear_down);
  g_test_add ("/rules/normaliser/converts-amounts-exactly", Fixture, NULL, set_up, test_amounts,
              tear_down);
  g_test_add ("/rules/normaliser/finds-every-code-by-name", Fixture, NULL, set_up, test_names,
              tear_down);
  g_test_add ("/rules/normaliser/knows-the-initials-of-every-name", Fixture, NULL, set_up,
              test_initials, tear_down);
  g_test_add ("/rules/normaliser/refuses-a-kind-that-it-does-not-know", Fixture, NULL, set_up,
              test_kinds, tear_down);
  g_test_add ("/rules/normaliser/survives-hostile-texts", Fixture, NULL, set_up, test_hostile,
              tear_down);
  g_test_add ("/rules/normaliser/leaves-the-fields-of-the-platform-alone", Fixture, NULL, set_up,
              test_platform_field, tear_down);
  return g_test_run ();
}
