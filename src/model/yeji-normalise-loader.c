// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Reads the part `normalise.json`. */

#define G_LOG_DOMAIN "yeji-dictionary"

#include "config.h"

#include "yeji-json.h"
#include "yeji-loader.h"
#include "yeji-pattern.h"
#include "yeji-normalisation.h"

#include <string.h>

/* Of a factor: far above any unit, and small enough for exact arithmetic with digits. */
#define MAX_FACTOR 1000000000

static const char * const way_words[N_YEJI_WAYS] = {
  [YEJI_WAY_PROSE] = "prose",
  [YEJI_WAY_DIGITS] = "digits",
  [YEJI_WAY_LETTERS] = "letters",
  [YEJI_WAY_HYPHENS] = "hyphens",
  [YEJI_WAY_PAPER] = "paper",
  [YEJI_WAY_PHONE] = "phone",
};

static const char * const personal_words[] = {
  [YEJI_PERSONAL_NO] = "",
  [YEJI_PERSONAL_ID_CARD] = "id_card",
  [YEJI_PERSONAL_PHONE] = "phone",
};

static void
free_unit_name (gpointer data)
{
  YejiUnitName *name = data;

  g_free (name->name);
  g_free (name);
}

static void
free_unit (gpointer data)
{
  YejiUnit *unit = data;

  g_free (unit->unit);
  g_ptr_array_unref (unit->names);
  g_strfreev (unit->signs);
  g_strfreev (unit->endings);
  g_free (unit->currency);
  g_free (unit->ending);
  g_free (unit);
}

static void
free_way (gpointer data)
{
  YejiFormatWay *way = data;

  g_ptr_array_unref (way->proof);
  g_free (way);
}

static void
free_code_words (gpointer data)
{
  YejiCodeWords *words = data;

  g_hash_table_unref (words->words);
  g_hash_table_unref (words->retired);
  g_strfreev (words->suffixes);
  g_free (words);
}

/**
 * yeji_normalisation_new:
 *
 * Returns: (transfer full): what a dictionary without the part knows: nothing
 */
YejiNormalisation *
yeji_normalisation_new (void)
{
  YejiNormalisation *self = g_new0 (YejiNormalisation, 1);

  self->empty_words = g_new0 (char *, 1);
  self->zero_words = g_new0 (char *, 1);
  self->country_codes = g_new0 (char *, 1);
  self->look_alikes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->phones = g_ptr_array_new_with_free_func ((GDestroyNotify) g_regex_unref);
  self->units = g_ptr_array_new_with_free_func (free_unit);
  self->ways = g_ptr_array_new_with_free_func (free_way);
  self->codes = g_ptr_array_new_with_free_func (free_code_words);
  return self;
}

void
yeji_normalisation_free (YejiNormalisation *self)
{
  g_strfreev (self->empty_words);
  g_strfreev (self->zero_words);
  g_strfreev (self->country_codes);
  g_hash_table_unref (self->look_alikes);
  g_ptr_array_unref (self->phones);
  g_ptr_array_unref (self->units);
  g_ptr_array_unref (self->ways);
  g_ptr_array_unref (self->codes);
  g_free (self);
}

/**
 * yeji_normalisation_find_unit:
 *
 * Returns: (nullable): what is known of @unit
 */
const YejiUnit *
yeji_normalisation_find_unit (const YejiNormalisation *self,
                              const char              *unit)
{
  for (guint i = 0; unit != NULL && i < self->units->len; i++)
    {
      const YejiUnit *known = g_ptr_array_index (self->units, i);

      if (g_str_equal (known->unit, unit))
        return known;
    }
  return NULL;
}

/**
 * yeji_normalisation_find_way:
 * @format: (nullable): the format of a text
 * @personal: what personal number it is; looked at where there is no way for @format
 *
 * Returns: (nullable): how such a text is put right
 */
const YejiFormatWay *
yeji_normalisation_find_way (const YejiNormalisation *self,
                             const YejiFormat        *format,
                             YejiPersonal             personal)
{
  const YejiFormatWay *of_personal = NULL;

  for (guint i = 0; i < self->ways->len; i++)
    {
      const YejiFormatWay *way = g_ptr_array_index (self->ways, i);

      if (format != NULL && way->format == format)
        return way;
      if (personal != YEJI_PERSONAL_NO && way->personal == personal)
        of_personal = way;
    }
  return of_personal;
}

/**
 * yeji_normalisation_find_codes:
 *
 * Returns: (nullable): the words for the codes of @codes
 */
const YejiCodeWords *
yeji_normalisation_find_codes (const YejiNormalisation *self,
                               const YejiCodeList      *codes)
{
  for (guint i = 0; i < self->codes->len; i++)
    {
      const YejiCodeWords *words = g_ptr_array_index (self->codes, i);

      if (words->codes == codes)
        return words;
    }
  return NULL;
}

/* A factor is "10000" or "1/10000": a double would lose what the field's decimals keep. */
static gboolean
read_factor (const char   *text,
             YejiUnitName *name)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 2);
  guint64 numbers[2] = { 0, 1 };

  for (guint i = 0; parts[i] != NULL; i++)
    if (!g_ascii_string_to_unsigned (parts[i], 10, 1, MAX_FACTOR, &numbers[i], NULL))
      return FALSE;
  name->numerator = (guint) numbers[0];
  name->denominator = (guint) numbers[1];
  return parts[0] != NULL;
}

static int
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  const YejiUnitName *first = *(const YejiUnitName * const *) a;
  const YejiUnitName *second = *(const YejiUnitName * const *) b;
  gsize lengths[] = { strlen (first->name), strlen (second->name) };

  if (lengths[0] != lengths[1])
    return lengths[0] > lengths[1] ? -1 : 1;
  return strcmp (first->name, second->name);
}

static const YejiUnitName *
find_name (const YejiUnit *unit,
           const char     *text)
{
  for (guint i = 0; i < unit->names->len; i++)
    {
      const YejiUnitName *name = g_ptr_array_index (unit->names, i);

      if (g_str_equal (name->name, text))
        return name;
    }
  return NULL;
}

static gboolean
is_tenth (const YejiUnitName *name,
          const YejiUnitName *whole)
{
  return (guint64) name->numerator * whole->denominator * 10
         == (guint64) whole->numerator * name->denominator;
}

/* How an amount is written out in words. */
static void
read_written (YejiPart   *part,
              JsonObject *object,
              const char *place,
              YejiUnit   *unit)
{
  JsonObject *words = yeji_part_object (part, object, place, "written", FALSE);
  g_autofree char *where = g_strdup_printf ("%s/written", place);
  g_auto (GStrv) names = NULL;

  if (words == NULL)
    return;
  yeji_part_check_members (part, words, where, "currency units ending");
  unit->currency = g_strdup (yeji_part_string (part, words, where, "currency", TRUE));
  unit->ending = g_strdup (yeji_part_string (part, words, where, "ending", TRUE));
  names = yeji_part_strings (part, words, where, "units", TRUE);
  if (g_strv_length (names) != G_N_ELEMENTS (unit->written))
    {
      yeji_part_fail (part, where, YEJI_DICTIONARY_ERROR_SHAPE, "“units” names three");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (unit->written); i++)
    {
      unit->written[i] = find_name (unit, names[i]);
      if (unit->written[i] == NULL)
        yeji_part_fail (part, where, YEJI_DICTIONARY_ERROR_REFERENCE, "no name “%s”", names[i]);
      else if (i > 0 && unit->written[i - 1] != NULL
               && !is_tenth (unit->written[i], unit->written[i - 1]))
        yeji_part_fail (part, where, YEJI_DICTIONARY_ERROR_SHAPE,
                        "“%s” must be a tenth of “%s”", names[i], names[i - 1]);
    }
}

static void
read_unit (YejiLoader *loader,
           YejiPart   *part,
           JsonObject *object,
           const char *place)
{
  YejiUnit *unit = g_new0 (YejiUnit, 1);
  g_autofree char *where = g_strdup_printf ("%s/names", place);
  JsonObject *names;
  JsonObjectIter iter;
  const char *key, *meant;

  unit->names = g_ptr_array_new_with_free_func (free_unit_name);
  g_ptr_array_add (loader->dictionary->normalisation->units, unit);
  yeji_part_check_members (part, object, place, "unit names signs endings meant written");
  unit->unit = g_strdup (yeji_part_string (part, object, place, "unit", TRUE));
  unit->signs = yeji_part_strings (part, object, place, "signs", FALSE);
  unit->endings = yeji_part_strings (part, object, place, "endings", FALSE);
  names = yeji_part_object (part, object, place, "names", TRUE);
  if (names == NULL)
    return;
  json_object_iter_init_ordered (&iter, names);
  while (json_object_iter_next_ordered (&iter, &key, NULL))
    {
      YejiUnitName *name = g_new0 (YejiUnitName, 1);

      name->name = g_utf8_strdown (key, -1);
      g_ptr_array_add (unit->names, name);
      if (*key == '\0' || !read_factor (yeji_part_string (part, names, where, key, TRUE), name))
        yeji_part_fail (part, where, YEJI_DICTIONARY_ERROR_SHAPE,
                        "“%s” must be a whole number or a fraction such as 1/10000", key);
    }
  g_ptr_array_sort (unit->names, compare_lengths);

  meant = yeji_part_string (part, object, place, "meant", FALSE);
  unit->meant = meant != NULL ? find_name (unit, meant) : NULL;
  if (meant != NULL && unit->meant == NULL)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE, "no name “%s”", meant);
  read_written (part, object, place, unit);
}

static void
read_way (YejiLoader *loader,
          YejiPart   *part,
          JsonObject *object,
          const char *place)
{
  GHashTable *formats = loader->dictionary->formats_by_id;
  YejiFormatWay *way = g_new0 (YejiFormatWay, 1);
  g_auto (GStrv) proof = yeji_part_strings (part, object, place, "proof", FALSE);
  const char *format = yeji_part_string (part, object, place, "format", FALSE);

  way->proof = g_ptr_array_new ();
  g_ptr_array_add (loader->dictionary->normalisation->ways, way);
  yeji_part_check_members (part, object, place, "format personal way proof");
  if (format != NULL)
    way->format = yeji_loader_find (part, place, formats, format, "format");
  way->personal = (YejiPersonal) yeji_part_word (part, object, place, "personal", personal_words,
                                                 G_N_ELEMENTS (personal_words), YEJI_PERSONAL_NO);
  if (format == NULL && way->personal == YEJI_PERSONAL_NO)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE, "needs a format or personal");
  way->way = (YejiWay) yeji_part_word (part, object, place, "way", way_words, N_YEJI_WAYS, -1);
  for (guint i = 0; proof[i] != NULL; i++)
    g_ptr_array_add (way->proof, yeji_loader_find (part, place, formats, proof[i], "format"));
}

/* A map from texts to codes of a list. */
static GHashTable *
read_code_map (YejiPart           *part,
               JsonObject         *object,
               const char         *place,
               const char         *member,
               const YejiCodeList *codes)
{
  GHashTable *map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  JsonObject *words = yeji_part_object (part, object, place, member, FALSE);
  g_autofree char *where = g_strdup_printf ("%s/%s", place, member);
  JsonObjectIter iter;
  const char *key;

  if (words == NULL)
    return map;
  json_object_iter_init_ordered (&iter, words);
  while (json_object_iter_next_ordered (&iter, &key, NULL))
    {
      const char *code = yeji_part_string (part, words, where, key, TRUE);

      if (codes != NULL)
        yeji_loader_find (part, where, codes->by_code, code, "code");
      g_hash_table_insert (map, g_utf8_strdown (key, -1), g_strdup (code));
    }
  return map;
}

static void
read_code_words (YejiLoader *loader,
                 YejiPart   *part,
                 JsonObject *object,
                 const char *place)
{
  YejiCodeWords *words = g_new0 (YejiCodeWords, 1);

  g_ptr_array_add (loader->dictionary->normalisation->codes, words);
  yeji_part_check_members (part, object, place, "codes words retired suffixes");
  words->codes = yeji_loader_find (part, place, loader->dictionary->codes_by_id,
                                   yeji_part_id (part, object, place, "codes"), "code list");
  words->words = read_code_map (part, object, place, "words", words->codes);
  words->retired = read_code_map (part, object, place, "retired", words->codes);
  words->suffixes = yeji_part_strings (part, object, place, "suffixes", FALSE);
}

static void
read_look_alikes (YejiLoader *loader,
                  YejiPart   *part,
                  JsonObject *root)
{
  JsonObject *words = yeji_part_object (part, root, "", "look_alikes", TRUE);
  JsonObjectIter iter;
  const char *key;

  if (words == NULL)
    return;
  json_object_iter_init_ordered (&iter, words);
  while (json_object_iter_next_ordered (&iter, &key, NULL))
    {
      const char *digit = yeji_part_string (part, words, "/look_alikes", key, TRUE);

      if (strlen (key) != 1 || strlen (digit) != 1)
        yeji_part_fail (part, "/look_alikes", YEJI_DICTIONARY_ERROR_SHAPE,
                        "must map one ASCII character to another");
      g_hash_table_insert (loader->dictionary->normalisation->look_alikes, g_strdup (key),
                           g_strdup (digit));
    }
}

static void
read_phones (YejiLoader *loader,
             YejiPart   *part,
             JsonObject *root)
{
  YejiNormalisation *normalisation = loader->dictionary->normalisation;
  JsonObject *phones = yeji_part_object (part, root, "", "phones", TRUE);
  g_auto (GStrv) patterns = NULL;

  if (phones == NULL)
    return;
  yeji_part_check_members (part, phones, "/phones", "patterns country_codes");
  g_strfreev (normalisation->country_codes);
  normalisation->country_codes = yeji_part_strings (part, phones, "/phones", "country_codes", TRUE);
  patterns = yeji_part_strings (part, phones, "/phones", "patterns", TRUE);
  for (guint i = 0; patterns[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      GRegex *pattern = yeji_pattern_new (patterns[i], &error);

      if (pattern != NULL)
        g_ptr_array_add (normalisation->phones, pattern);
      else
        yeji_part_fail (part, "/phones/patterns", YEJI_DICTIONARY_ERROR_SHAPE, "%s",
                        error->message);
    }
}

static void
read_century (YejiLoader *loader,
              YejiPart   *part,
              JsonObject *root)
{
  YejiNormalisation *normalisation = loader->dictionary->normalisation;
  JsonObject *years = yeji_part_object (part, root, "", "two_digit_years", TRUE);

  if (years == NULL)
    return;
  yeji_part_check_members (part, years, "/two_digit_years", "from to");
  normalisation->century_from = (guint) yeji_part_int (part, years, "/two_digit_years", "from",
                                                       1000, 0);
  normalisation->century_to = (guint) yeji_part_int (part, years, "/two_digit_years", "to",
                                                     1000, 0);
  if (normalisation->century_from > normalisation->century_to
      || normalisation->century_to > 9999
      || normalisation->century_to - normalisation->century_from >= 100)
    yeji_part_fail (part, "/two_digit_years", YEJI_DICTIONARY_ERROR_SHAPE,
                    "must be at most a hundred years, the first one first");
}

typedef void (*ReadItem) (YejiLoader *loader,
                          YejiPart   *part,
                          JsonObject *object,
                          const char *place);

static void
read_items (YejiLoader *loader,
            YejiPart   *part,
            JsonObject *root,
            const char *member,
            ReadItem    read_item)
{
  JsonArray *items = yeji_part_objects (part, root, "", member);

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      g_autofree char *place = g_strdup_printf ("/%s/%u", member, i);

      read_item (loader, part, json_array_get_object_element (items, i), place);
    }
}

/**
 * yeji_loader_read_normalisation:
 * @name: the file's name without `.json`
 *
 * Reads the part about normalisation. Formats and code lists must be there already.
 *
 * Returns: %FALSE with an error of #YejiDictionaryError
 */
gboolean
yeji_loader_read_normalisation (YejiLoader  *loader,
                                const char  *name,
                                GError     **error)
{
  YejiNormalisation *normalisation = loader->dictionary->normalisation;
  g_autofree char *file = g_strdup_printf ("%s.json", name);
  g_autoptr (YejiPart) part = yeji_loader_open (loader, file);
  JsonObject *root = yeji_part_get_root (part);

  if (root == NULL)
    return yeji_loader_finish (part, error);
  yeji_part_check_members (part, root, "", "empty_words zero_words two_digit_years look_alikes "
                                           "phones units formats codes");
  g_strfreev (normalisation->empty_words);
  normalisation->empty_words = yeji_part_strings (part, root, "", "empty_words", TRUE);
  g_strfreev (normalisation->zero_words);
  normalisation->zero_words = yeji_part_strings (part, root, "", "zero_words", TRUE);
  read_century (loader, part, root);
  read_look_alikes (loader, part, root);
  read_phones (loader, part, root);
  read_items (loader, part, root, "units", read_unit);
  read_items (loader, part, root, "formats", read_way);
  read_items (loader, part, root, "codes", read_code_words);
  return yeji_loader_finish (part, error);
}
