// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-normaliser"

#include "config.h"

#include "yeji-normaliser.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "yeji-check-digit.h"
#include "yeji-initials.h"
#include "yeji-normalise-private.h"
#include "yeji-pattern.h"
#include "yeji-value.h"

/**
 * YejiNormaliser:
 *
 * Offers how a text could be written so that it is right for its field. It never changes anything
 * by itself, and offers nothing where it is not sure. What it knows of units, words and names is
 * the dictionary's; how a field is treated follows from its type, unit, format and code list.
 * Immutable, so it may be used from any thread.
 */

#define MAX_OFFERS 5

/* Characters of a text that is looked at; only prose is longer. */
#define MAX_SHORT 200

/* Of a character that a field may hold, and the blanks around it. */
#define MAX_BYTES 8

/* What a number of no field may be. */
#define KIND_PRECISION 15
#define KIND_SCALE 4

struct _YejiNormaliser
{
  GObject parent_instance;

  YejiDictionary *dictionary;
  GHashTable *names;           /* YejiCodeList -> GPtrArray of YejiCodeName */
  GHashTable *names_by_code;   /* YejiCode -> YejiCodeName */
  GHashTable *empty_words;     /* as yeji_fold_key() gives them */
};

static const struct
{
  const char *word;
  const char *sentence;
} reasons[] = {
  { YEJI_REASON_BLANKS, N_("Without blanks and invisible characters that do not belong there") },
  { YEJI_REASON_BRACKETS, N_("With square brackets and plain hyphens") },
  { YEJI_REASON_CAPITAL_AMOUNT, N_("The number in Chinese words, in digits") },
  { YEJI_REASON_CASE, N_("With capital letters") },
  { YEJI_REASON_CHECK_DIGIT, N_("With digits for letters that look alike; the check digit "
                                "confirms it") },
  { YEJI_REASON_CODE, N_("The code alone, as the list has it") },
  { YEJI_REASON_CODE_NAME, N_("The code of that name") },
  { YEJI_REASON_DATE, N_("The date as year, month and day") },
  { YEJI_REASON_EMPTY, N_("Leave the field empty: the text says that there is nothing") },
  { YEJI_REASON_INITIALS, N_("The code of the name with these pinyin initials") },
  { YEJI_REASON_NUMBER, N_("The number in its plain form") },
  { YEJI_REASON_PHONE, N_("The telephone number in its usual form") },
  { YEJI_REASON_RETIRED, N_("The code or name is retired; this one has taken its place") },
  { YEJI_REASON_ROUNDED, N_("Rounded to the decimals that the field holds") },
  { YEJI_REASON_SEPARATOR, N_("With its separators put right") },
  { YEJI_REASON_UNIT, N_("Converted to the unit of the field") },
  { YEJI_REASON_WIDTH, N_("With half-width digits, letters and signs") },
  { YEJI_REASON_WORD, N_("The code that this word stands for") },
  { YEJI_REASON_ZERO, N_("0 stands for what does not apply") },
};

G_DEFINE_QUARK (yeji-normaliser-error-quark, yeji_normaliser_error)

G_DEFINE_FINAL_TYPE (YejiNormaliser, yeji_normaliser, G_TYPE_OBJECT)

static void
free_name (gpointer data)
{
  YejiCodeName *name = data;

  g_free (name->folded);
  g_free (name->initials);
  g_free (name->usual_initials);
  g_free (name);
}

static void
yeji_normaliser_finalize (GObject *object)
{
  YejiNormaliser *self = YEJI_NORMALISER (object);

  g_hash_table_unref (self->empty_words);
  g_hash_table_unref (self->names_by_code);
  g_hash_table_unref (self->names);
  g_object_unref (self->dictionary);
  G_OBJECT_CLASS (yeji_normaliser_parent_class)->finalize (object);
}

static void
yeji_normaliser_class_init (YejiNormaliserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_normaliser_finalize;
}

static void
yeji_normaliser_init (YejiNormaliser *self)
{
  self->names = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->names_by_code = g_hash_table_new (NULL, NULL);
  self->empty_words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
add_list (YejiNormaliser     *self,
          const YejiCodeList *list)
{
  GPtrArray *names = g_ptr_array_new_full (list->items->len, free_name);

  for (guint i = 0; i < list->items->len; i++)
    {
      const YejiCode *code = g_ptr_array_index (list->items, i);
      YejiCodeName *name = g_new0 (YejiCodeName, 1);
      char *usual = yeji_initials_of (code->name);

      name->code = code;
      name->folded = yeji_fold_key (code->name);
      if (code->initials != NULL)
        {
          name->initials = g_ascii_strdown (code->initials, -1);
          name->usual_initials = usual;
        }
      else
        {
          name->initials = usual != NULL ? usual : g_strdup ("");
        }
      g_ptr_array_add (names, name);
      g_hash_table_insert (self->names_by_code, (gpointer) code, name);
    }
  g_hash_table_insert (self->names, (gpointer) list, names);
}

static gboolean
fits_number (const YejiFieldDef *field,
             const char         *value)
{
  YejiNumber number;

  return yeji_number_parse (value, &number) && number.decimals <= field->scale
         && number.digits <= field->precision - field->scale
         && number.value >= field->min && number.value <= field->max;
}

static gboolean
fits_text (const YejiOffer *offer,
           const char      *value)
{
  guint limit = yeji_dictionary_get_limits (offer->dictionary)->text;

  if (offer->field->length > 0)
    limit = MIN (limit, offer->field->length);
  if (g_utf8_strlen (value, -1) > (glong) limit)
    return FALSE;
  for (const char *c = value; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c) && !(*c == '\n' && offer->field->kind == YEJI_FIELD_LONG_TEXT))
      return FALSE;
  return offer->format == NULL || yeji_format_accepts (offer->format, value);
}

gboolean
yeji_format_accepts (const YejiFormat *format,
                     const char       *value)
{
  return format->pattern != NULL ? yeji_pattern_fits (format->pattern, value)
                                 : yeji_algorithm_accepts (format->algorithm, value);
}

/* Whether the field can hold the value; that it is mandatory is another matter. */
gboolean
yeji_offer_accepts (const YejiOffer *offer,
                    const char      *value)
{
  GDate date;

  if (*value == '\0')
    return TRUE;
  switch (offer->field->kind)
    {
    case YEJI_FIELD_NUMBER:
      return fits_number (offer->field, value);
    case YEJI_FIELD_DATE:
      return yeji_date_parse (value, &date);
    case YEJI_FIELD_CODE:
      return yeji_code_list_find (offer->field->codes, value) != NULL;
    case YEJI_FIELD_TEXT:
    case YEJI_FIELD_LONG_TEXT:
    case YEJI_FIELD_LINK:
    case N_YEJI_FIELD_KINDS:
    default:
      return fits_text (offer, value);
    }
}

/* Adds what is right, new, and not there yet. */
void
yeji_offer_add (YejiOffer  *offer,
                const char *value,
                const char *reason)
{
  YejiSuggestion *suggestion;

  if (offer->found->len == MAX_OFFERS || g_str_equal (value, offer->text)
      || !yeji_offer_accepts (offer, value))
    return;
  for (guint i = 0; i < offer->found->len; i++)
    if (g_str_equal (((YejiSuggestion *) g_ptr_array_index (offer->found, i))->value, value))
      return;
  g_assert (reason != NULL);
  suggestion = g_new0 (YejiSuggestion, 1);
  suggestion->value = g_strdup (value);
  suggestion->reason = reason;
  g_ptr_array_add (offer->found, suggestion);
}

static gboolean
is_zero_word (const YejiOffer *offer,
              const char      *key)
{
  for (char **word = offer->normalisation->zero_words; *word != NULL; word++)
    {
      g_autofree char *folded = yeji_fold_key (*word);

      if (g_str_equal (folded, key))
        return TRUE;
    }
  return FALSE;
}

static void
offer_empty (YejiOffer  *offer,
             const char *key)
{
  /* 无 answers a question with no */
  if (offer->field->kind == YEJI_FIELD_CODE)
    yeji_offer_code (offer);
  yeji_offer_add (offer, "", YEJI_REASON_EMPTY);
  if (offer->field->kind == YEJI_FIELD_NUMBER && is_zero_word (offer, key))
    yeji_offer_add (offer, "0", YEJI_REASON_ZERO);
}

/* Whether there is nothing to do for what is right for its field as it is. */
static gboolean
is_settled (const YejiOffer *offer)
{
  const YejiCode *code;

  switch (offer->field->kind)
    {
    case YEJI_FIELD_NUMBER:
      return yeji_offer_accepts (offer, offer->text);
    case YEJI_FIELD_DATE:
      return yeji_offer_accepts (offer, offer->text)
             && !g_str_equal (offer->text, yeji_dictionary_get_missing_date (offer->dictionary));
    case YEJI_FIELD_CODE:
      code = yeji_code_list_find (offer->field->codes, offer->text);
      return code != NULL && code->replaced_by == NULL;
    case YEJI_FIELD_TEXT:
    case YEJI_FIELD_LONG_TEXT:
    case YEJI_FIELD_LINK:
    case N_YEJI_FIELD_KINDS:
    default:
      return FALSE;
    }
}

static void
find_offers (YejiOffer *offer)
{
  static void (* const families[N_YEJI_FIELD_KINDS]) (YejiOffer *) = {
    [YEJI_FIELD_TEXT] = yeji_offer_text,
    [YEJI_FIELD_LONG_TEXT] = yeji_offer_text,
    [YEJI_FIELD_NUMBER] = yeji_offer_number,
    [YEJI_FIELD_DATE] = yeji_offer_date,
    [YEJI_FIELD_CODE] = yeji_offer_code,
    [YEJI_FIELD_LINK] = yeji_offer_text,
  };
  gboolean prose = families[offer->field->kind] == yeji_offer_text;
  g_autofree char *key = NULL;

  if (!prose && g_utf8_strlen (offer->text, -1) > MAX_SHORT)
    return;
  key = yeji_make_key (offer->folded);
  if (yeji_is_empty_word (offer, key))
    offer_empty (offer, key);
  else
    families[offer->field->kind] (offer);
}

/* The format of a text is its own, or that of the number which it repeats. */
static const YejiFormat *
find_format (const YejiFieldDef *field)
{
  if (field->format != NULL)
    return field->format;
  if (field->link != NULL)
    return field->link->format;
  return field->inherits != NULL ? field->inherits->format : NULL;
}

static YejiOffer
begin_offer (YejiNormaliser     *self,
             const YejiFieldDef *field,
             const char         *text)
{
  YejiOffer offer = {
    .dictionary = self->dictionary,
    .normalisation = yeji_dictionary_get_normalisation (self->dictionary),
    .field = field,
    .format = find_format (field),
    .text = text,
  };

  offer.empty_words = self->empty_words;
  offer.way = yeji_normalisation_find_way (offer.normalisation, offer.format, field->personal);
  if (field->codes != NULL)
    offer.names = g_hash_table_lookup (self->names, field->codes);
  return offer;
}

/**
 * yeji_normaliser_new:
 * @dictionary: whose fields, lists and words are used
 *
 * Returns: (transfer full): a normaliser
 */
YejiNormaliser *
yeji_normaliser_new (YejiDictionary *dictionary)
{
  YejiNormaliser *self;
  GPtrArray *lists;

  g_return_val_if_fail (YEJI_IS_DICTIONARY (dictionary), NULL);

  self = g_object_new (YEJI_TYPE_NORMALISER, NULL);
  self->dictionary = g_object_ref (dictionary);
  for (char **word = yeji_dictionary_get_normalisation (dictionary)->empty_words; *word != NULL;
       word++)
    g_hash_table_add (self->empty_words, yeji_fold_key (*word));
  lists = yeji_dictionary_get_code_lists (dictionary);
  for (guint i = 0; i < lists->len; i++)
    add_list (self, g_ptr_array_index (lists, i));
  return self;
}

/**
 * yeji_normaliser_offer:
 * @field: a field of the normaliser's dictionary
 * @text: what was typed; what is no UTF-8 gets no offer
 *
 * Offers ways to write a value right. Each is right for the field, none is the text itself, and
 * there is nothing better to offer for any of them. A field that the platform fills gets none.
 *
 * Returns: (transfer full) (element-type YejiSuggestion): at most five, the best first; none if
 * the text is right already, or nothing is sure enough to be offered
 */
GPtrArray *
yeji_normaliser_offer (YejiNormaliser     *self,
                       const YejiFieldDef *field,
                       const char         *text)
{
  YejiOffer offer;
  g_autofree char *folded = NULL;
  gsize limit;

  g_return_val_if_fail (YEJI_IS_NORMALISER (self), NULL);
  g_return_val_if_fail (field != NULL && text != NULL, NULL);

  offer = begin_offer (self, field, text);
  offer.found = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_suggestion_free);
  /* nothing is left of so long a text that a field could hold */
  limit = (gsize) yeji_dictionary_get_limits (self->dictionary)->text * MAX_BYTES;
  if (*text == '\0' || field->by_platform || strlen (text) > limit
      || !g_utf8_validate (text, -1, NULL) || is_settled (&offer))
    return offer.found;
  folded = yeji_fold (text, &offer.folding);
  offer.folded = folded;
  find_offers (&offer);
  return offer.found;
}

/**
 * yeji_normaliser_accepts:
 *
 * Returns: whether the field can hold the value, by its type, length, bounds, code list and format
 */
gboolean
yeji_normaliser_accepts (YejiNormaliser     *self,
                         const YejiFieldDef *field,
                         const char         *value)
{
  YejiOffer offer;

  g_return_val_if_fail (YEJI_IS_NORMALISER (self), FALSE);
  g_return_val_if_fail (field != NULL && value != NULL, FALSE);

  offer = begin_offer (self, field, value);
  return g_utf8_validate (value, -1, NULL) && yeji_offer_accepts (&offer, value);
}

static const YejiFieldDef *
find_field (YejiNormaliser *self,
            const char     *kind)
{
  g_auto (GStrv) parts = g_strsplit (kind, ".", 2);
  const YejiTableDef *table;

  if (g_strv_length (parts) != 2)
    return NULL;
  table = yeji_dictionary_find_table (self->dictionary, parts[0]);
  if (table == NULL)
    table = yeji_dictionary_find_member (self->dictionary, parts[0]);
  return table != NULL ? yeji_table_def_match_field (table, parts[1]) : NULL;
}

/* The first field with that unit says how many digits such a number has. */
static const YejiFieldDef *
find_field_with_unit (YejiNormaliser *self,
                      const char     *unit)
{
  GPtrArray *tables = yeji_dictionary_get_tables (self->dictionary);

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < table->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (table->fields, j);

          if (g_strcmp0 (field->unit, unit) == 0)
            return field;
        }
    }
  return NULL;
}

/* Finds the field that @kind names, or makes one up that is as @kind says. */
static const YejiFieldDef *
resolve_kind (YejiNormaliser *self,
              const char     *kind,
              YejiFieldDef   *made_up)
{
  static const struct
  {
    const char *word;
    YejiFieldKind kind;
    YejiPersonal personal;
  } words[] = {
    { "text", YEJI_FIELD_TEXT, YEJI_PERSONAL_NO },
    { "long_text", YEJI_FIELD_LONG_TEXT, YEJI_PERSONAL_NO },
    { "number", YEJI_FIELD_NUMBER, YEJI_PERSONAL_NO },
    { "date", YEJI_FIELD_DATE, YEJI_PERSONAL_NO },
    { "id_card", YEJI_FIELD_TEXT, YEJI_PERSONAL_ID_CARD },
    { "phone", YEJI_FIELD_TEXT, YEJI_PERSONAL_PHONE },
  };
  const YejiFieldDef *field = find_field (self, kind);
  const YejiUnit *unit;

  if (field == NULL)
    field = find_field_with_unit (self, kind);
  if (field != NULL)
    return field;

  *made_up = (YejiFieldDef) { .kind = YEJI_FIELD_TEXT, .precision = KIND_PRECISION,
                              .scale = KIND_SCALE, .min = -G_MAXDOUBLE, .max = G_MAXDOUBLE };
  made_up->codes = yeji_dictionary_find_codes (self->dictionary, kind);
  if (made_up->codes != NULL)
    {
      made_up->kind = YEJI_FIELD_CODE;
      return made_up;
    }
  unit = yeji_normalisation_find_unit (yeji_dictionary_get_normalisation (self->dictionary), kind);
  if (unit != NULL)
    {
      made_up->kind = YEJI_FIELD_NUMBER;
      made_up->unit = unit->unit;
      return made_up;
    }
  made_up->format = yeji_dictionary_find_format (self->dictionary, kind);
  if (made_up->format != NULL)
    return made_up;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, kind))
      {
        made_up->kind = words[i].kind;
        made_up->personal = words[i].personal;
        return made_up;
      }
  return NULL;
}

/**
 * yeji_normaliser_offer_kind:
 * @kind: `Table.Field`, `member.Field`, a unit, the id of a code list or format, or
 *     one of `text`, `long_text`, `number`, `date`, `id_card`, `phone`
 *
 * Offers ways to write a value of some kind right, see yeji_normaliser_offer().
 *
 * Returns: (transfer full) (element-type YejiSuggestion): as there, or %NULL with
 * %YEJI_NORMALISER_ERROR_KIND
 */
GPtrArray *
yeji_normaliser_offer_kind (YejiNormaliser  *self,
                            const char      *kind,
                            const char      *text,
                            GError         **error)
{
  YejiFieldDef made_up;
  const YejiFieldDef *field;

  g_return_val_if_fail (YEJI_IS_NORMALISER (self), NULL);
  g_return_val_if_fail (kind != NULL && text != NULL, NULL);

  field = resolve_kind (self, kind, &made_up);
  if (field != NULL)
    return yeji_normaliser_offer (self, field, text);
  g_set_error (error, YEJI_NORMALISER_ERROR, YEJI_NORMALISER_ERROR_KIND, "no kind “%s”", kind);
  return NULL;
}

/**
 * yeji_normaliser_accepts_kind:
 *
 * Returns: whether a field of that kind can hold the value; %FALSE if there is no such kind
 */
gboolean
yeji_normaliser_accepts_kind (YejiNormaliser *self,
                              const char     *kind,
                              const char     *value)
{
  YejiFieldDef made_up;
  const YejiFieldDef *field;

  g_return_val_if_fail (YEJI_IS_NORMALISER (self), FALSE);
  g_return_val_if_fail (kind != NULL && value != NULL, FALSE);

  field = resolve_kind (self, kind, &made_up);
  return field != NULL && yeji_normaliser_accepts (self, field, value);
}

/**
 * yeji_normaliser_get_initials:
 * @code: an item of a list of the normaliser's dictionary
 *
 * Returns: (transfer none): by what initials its name is found; empty if a character of it is rare
 * and the dictionary gives none
 */
const char *
yeji_normaliser_get_initials (YejiNormaliser *self,
                              const YejiCode *code)
{
  const YejiCodeName *name;

  g_return_val_if_fail (YEJI_IS_NORMALISER (self), NULL);

  name = g_hash_table_lookup (self->names_by_code, code);
  return name != NULL ? name->initials : "";
}

/**
 * yeji_normaliser_describe:
 * @reason: of a suggestion
 *
 * Returns: (transfer none): what was done, in the user's language
 */
const char *
yeji_normaliser_describe (const char *reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i].word, reason) == 0)
      return _(reasons[i].sentence);
  g_return_val_if_reached ("");
}

void
yeji_suggestion_free (YejiSuggestion *suggestion)
{
  g_free (suggestion->value);
  g_free (suggestion);
}
