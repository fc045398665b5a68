// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-wire"

#include "config.h"

#include "yeji-signed-receipt.h"

#include <sodium.h>
#include <string.h>

#include "yeji-canonical.h"
#include "yeji-digest.h"

#define CODE_START "yeji-receipt:1"
#define CODE_PARTS 10
/* A new key, as the one before it signs it. */
#define KEY_START "yeji-receipt-key:1"
#define MAX_FILES 2000
#define KEY_ID_LENGTH 16
#define MAX_WORD 64

/* The order of a code's parts. */
enum
{
  PART_START,
  PART_UUID,
  PART_ENTERPRISE,
  PART_REVISION,
  PART_RECORD,
  PART_FILES,
  PART_SUBMITTED,
  PART_COMPLETE,
  PART_KEY,
  PART_SIGNATURE,
};

G_DEFINE_QUARK (yeji-signed-receipt-error-quark, yeji_signed_receipt_error)

static void
ensure_sodium (void)
{
  if (sodium_init () < 0)
    g_error ("libsodium cannot be used");
}

static gboolean
fail_shape (GError     **error,
            const char  *what)
{
  g_set_error (error, YEJI_SIGNED_RECEIPT_ERROR, YEJI_SIGNED_RECEIPT_ERROR_SHAPE,
               "no receipt: %s", what);
  return FALSE;
}

static gboolean
is_hex (const char *text,
        gsize       length)
{
  return text != NULL && strlen (text) == length && strspn (text, "0123456789abcdef") == length;
}

static gboolean
is_sum (const char *text)
{
  return is_hex (text, 64);
}

static gboolean
is_key_id (const char *text)
{
  return is_hex (text, KEY_ID_LENGTH);
}

/* Something that a code can hold between its strokes. */
static gboolean
is_word (const char *text)
{
  if (text == NULL || *text == '\0' || strlen (text) > MAX_WORD)
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isgraph (*text) || *text == '/')
      return FALSE;
  return TRUE;
}

static gboolean
is_uuid (const char *text)
{
  return text != NULL && g_uuid_string_is_valid (text);
}

static gboolean
is_moment (const char *text)
{
  g_autoptr (GDateTime) moment = is_word (text) ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return moment != NULL;
}

/* The members that a code repeats, and how they must look. */
static const struct
{
  const char *member;
  gsize offset;
  gboolean (*is_right) (const char *text);
  gboolean may_be_null;
  int part;
} members[] = {
  { "uuid", G_STRUCT_OFFSET (YejiSignedReceipt, uuid), is_uuid, FALSE, PART_UUID },
  { "enterprise", G_STRUCT_OFFSET (YejiSignedReceipt, enterprise), is_word, FALSE,
    PART_ENTERPRISE },
  { "revision", G_STRUCT_OFFSET (YejiSignedReceipt, revision), is_word, FALSE, PART_REVISION },
  { "record_sha256", G_STRUCT_OFFSET (YejiSignedReceipt, record_sha256), is_sum, FALSE,
    PART_RECORD },
  { "submitted_at", G_STRUCT_OFFSET (YejiSignedReceipt, submitted_at), is_moment, FALSE,
    PART_SUBMITTED },
  { "files_complete_at", G_STRUCT_OFFSET (YejiSignedReceipt, files_complete_at), is_moment, TRUE,
    PART_COMPLETE },
  { "key", G_STRUCT_OFFSET (YejiSignedReceipt, key), is_key_id, FALSE, PART_KEY },
};

static gboolean
take_member (YejiSignedReceipt  *self,
             guint               i,
             const char         *text,
             GError            **error)
{
  char **place = G_STRUCT_MEMBER_P (self, members[i].offset);

  if (text == NULL ? !members[i].may_be_null : !members[i].is_right (text))
    return fail_shape (error, members[i].member);
  *place = g_strdup (text);
  return TRUE;
}

static void
free_file (gpointer data)
{
  YejiReceiptFile *file = data;

  g_free (file->slot);
  g_free (file->sha256);
  g_free (file->filename);
  g_free (file->received_at);
  g_free (file);
}

static gboolean
read_file (GPtrArray  *files,
           JsonObject *object)
{
  YejiReceiptFile *file = g_new0 (YejiReceiptFile, 1);

  g_ptr_array_add (files, file);
  file->slot = g_strdup (yeji_json_get_string (object, "slot"));
  file->sha256 = g_strdup (yeji_json_get_string (object, "sha256"));
  file->filename = g_strdup (yeji_json_get_string (object, "filename"));
  file->received_at = g_strdup (yeji_json_get_string (object, "received_at"));
  file->size = yeji_json_get_int (object, "size", -1);
  return file->slot != NULL && *file->slot != '\0' && is_sum (file->sha256)
         && file->filename != NULL
         && (file->received_at == NULL || is_moment (file->received_at));
}

static gboolean
read_files (YejiSignedReceipt  *self,
            JsonObject         *object,
            GError            **error)
{
  JsonNode *node = json_object_get_member (object, "files");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  if (array == NULL || json_array_get_length (array) > MAX_FILES)
    return fail_shape (error, "files");
  self->files = g_ptr_array_new_with_free_func (free_file);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *file = yeji_json_node_object (json_array_get_element (array, i));

      if (file == NULL || !read_file (self->files, file))
        return fail_shape (error, "files");
    }
  self->files_sha256 = yeji_canonical_sha256 (node, error);
  return self->files_sha256 != NULL;
}

/* What the first half of a code must be for what the receipt says. */
static char *
print_code (const YejiSignedReceipt *self)
{
  return g_strjoin ("/", CODE_START, self->uuid, self->enterprise, self->revision,
                    self->record_sha256, self->files_sha256, self->submitted_at,
                    self->files_complete_at != NULL ? self->files_complete_at : "-", self->key,
                    NULL);
}

/* @but: a part that is still to come, -1 for none */
static YejiSignedReceipt *
read_json (JsonObject  *object,
           int          but,
           GError     **error)
{
  g_autoptr (YejiSignedReceipt) self = g_new0 (YejiSignedReceipt, 1);

  if (yeji_json_get_int (object, "version", 0) != YEJI_SIGNED_RECEIPT_VERSION)
    {
      fail_shape (error, "version");
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      JsonNode *node = json_object_get_member (object, members[i].member);
      const char *text = yeji_json_node_string (node);

      if (members[i].part == but)
        continue;
      if (text == NULL && (node == NULL || !JSON_NODE_HOLDS_NULL (node)))
        {
          fail_shape (error, members[i].member);
          return NULL;
        }
      if (!take_member (self, i, text, error))
        return NULL;
    }
  return read_files (self, object, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * yeji_signed_receipt_new_from_json:
 * @node: what came from the province, or out of a file
 *
 * Reads a receipt. What it says is not proven before yeji_signed_receipt_verify().
 *
 * Returns: (transfer full) (nullable): the receipt, or %NULL with
 *   %YEJI_SIGNED_RECEIPT_ERROR_SHAPE
 */
YejiSignedReceipt *
yeji_signed_receipt_new_from_json (JsonNode  *node,
                                   GError   **error)
{
  JsonObject *object = yeji_json_node_object (node);
  g_autoptr (YejiSignedReceipt) self = NULL;

  if (object == NULL || yeji_json_get_string (object, "signature") == NULL)
    {
      fail_shape (error, object == NULL ? "no object" : "signature");
      return NULL;
    }
  self = read_json (object, -1, error);
  if (self == NULL)
    return NULL;
  self->node = json_node_ref (node);
  self->code = g_strdup (yeji_json_get_string (object, "code"));
  if (self->code != NULL)
    return g_steal_pointer (&self);
  fail_shape (error, "code");
  return NULL;
}

/**
 * yeji_signed_receipt_new_from_code:
 * @code: what a QR code says
 *
 * Reads the short form of a receipt, which knows its documents as one sum.
 *
 * Returns: (transfer full) (nullable): the receipt, or %NULL with
 *   %YEJI_SIGNED_RECEIPT_ERROR_SHAPE
 */
YejiSignedReceipt *
yeji_signed_receipt_new_from_code (const char  *code,
                                   GError     **error)
{
  g_auto (GStrv) parts = g_strsplit (code, "/", CODE_PARTS + 1);
  g_autoptr (YejiSignedReceipt) self = g_new0 (YejiSignedReceipt, 1);

  if (g_strv_length (parts) != CODE_PARTS || !g_str_equal (parts[PART_START], CODE_START)
      || !is_sum (parts[PART_FILES]))
    {
      fail_shape (error, "code");
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *text = parts[members[i].part];

      if (members[i].may_be_null && g_str_equal (text, "-"))
        text = NULL;
      if (!take_member (self, i, text, error))
        return NULL;
    }
  self->files_sha256 = g_strdup (parts[PART_FILES]);
  self->code = g_strdup (code);
  return g_steal_pointer (&self);
}

/**
 * yeji_signed_receipt_new_from_text:
 * @length: in bytes, or -1
 *
 * Reads what is either a receipt as JSON or the text of its code.
 *
 * Returns: (transfer full) (nullable): the receipt, or %NULL with an error of
 *   #YejiSignedReceiptError or #YejiJsonError
 */
YejiSignedReceipt *
yeji_signed_receipt_new_from_text (const char  *text,
                                   gssize       length,
                                   GError     **error)
{
  const gsize n = length < 0 ? strlen (text) : (gsize) length;
  g_autofree char *code = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (n > strlen (CODE_START) && memcmp (text, CODE_START, strlen (CODE_START)) == 0)
    {
      code = g_strstrip (g_strndup (text, n));
      return yeji_signed_receipt_new_from_code (code, error);
    }
  node = yeji_json_parse (text, (gssize) n, error);
  return node != NULL ? yeji_signed_receipt_new_from_json (node, error) : NULL;
}

/* The public key, of exactly the right length and written in exactly one way. */
static gboolean
read_base64 (const char *text,
             guint8     *bytes,
             gsize       length,
             int         variant)
{
  gsize n;

  return text != NULL
         && sodium_base642bin (bytes, length, text, strlen (text), NULL, &n, NULL, variant) == 0
         && n == length;
}

static char *
print_base64 (const guint8 *bytes,
              gsize         length,
              int           variant)
{
  const gsize size = sodium_base64_encoded_len (length, variant);
  g_autofree char *text = g_malloc (size);

  return g_strdup (sodium_bin2base64 (text, size, bytes, length, variant));
}

/* All but the signature. */
static char *
print_signed (JsonObject  *object,
              GError     **error)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), NULL);
  g_autoptr (JsonObject) copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &member))
    if (!g_str_equal (name, "signature"))
      json_object_set_member (copy, name, json_node_ref (member));
  json_node_set_object (node, copy);
  return yeji_canonical_json (node, error);
}

static gboolean
fail_signature (GError **error)
{
  g_set_error_literal (error, YEJI_SIGNED_RECEIPT_ERROR, YEJI_SIGNED_RECEIPT_ERROR_SIGNATURE,
                       "the signature is not that of what the receipt says");
  return FALSE;
}

static gboolean
verify_text (const char    *text,
             gsize          length,
             const char    *signature,
             int            variant,
             const guint8  *key,
             GError       **error)
{
  guint8 bytes[crypto_sign_BYTES];

  if (read_base64 (signature, bytes, sizeof bytes, variant)
      && crypto_sign_verify_detached (bytes, (const guint8 *) text, length, key) == 0)
    return TRUE;
  return fail_signature (error);
}

/**
 * yeji_signed_receipt_verify:
 * @key: the province's public key, base64
 *
 * Proves that the province said just this: the signature is Ed25519 over the canonical JSON of all
 * members but `signature`; that of the code over all of it but its last part.
 *
 * Returns: %FALSE with %YEJI_SIGNED_RECEIPT_ERROR_KEY or %YEJI_SIGNED_RECEIPT_ERROR_SIGNATURE
 */
gboolean
yeji_signed_receipt_verify (const YejiSignedReceipt  *self,
                            const char               *key,
                            GError                  **error)
{
  const char *last = strrchr (self->code, '/');
  g_autofree char *said = print_code (self);
  guint8 public[crypto_sign_PUBLICKEYBYTES];
  g_autofree char *id = yeji_receipt_key_get_id (key);
  g_autofree char *text = NULL;
  JsonObject *object;

  ensure_sodium ();
  if (g_strcmp0 (id, self->key) != 0
      || !read_base64 (key, public, sizeof public, sodium_base64_VARIANT_ORIGINAL))
    {
      g_set_error_literal (error, YEJI_SIGNED_RECEIPT_ERROR, YEJI_SIGNED_RECEIPT_ERROR_KEY,
                           "signed with another key");
      return FALSE;
    }
  if (last == NULL || strlen (said) != (gsize) (last - self->code)
      || !g_str_has_prefix (self->code, said))
    return fail_signature (error);
  if (!verify_text (self->code, (gsize) (last - self->code), last + 1,
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING, public, error))
    return FALSE;
  if (self->node == NULL)
    return TRUE;
  object = json_node_get_object (self->node);
  text = print_signed (object, error);
  return text != NULL
         && verify_text (text, strlen (text), yeji_json_get_string (object, "signature"),
                         sodium_base64_VARIANT_ORIGINAL, public, error);
}

/**
 * yeji_signed_receipt_free:
 * @self: (transfer full)
 *
 * Frees the receipt.
 */
void
yeji_signed_receipt_free (YejiSignedReceipt *self)
{
  g_clear_pointer (&self->node, json_node_unref);
  g_free (self->uuid);
  g_free (self->enterprise);
  g_free (self->revision);
  g_free (self->submitted_at);
  g_free (self->record_sha256);
  g_free (self->files_sha256);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self->files_complete_at);
  g_free (self->key);
  g_free (self->code);
  g_free (self);
}

static void
sign_text (const char    *text,
           const guint8  *secret,
           guint8        *signature)
{
  crypto_sign_detached (signature, NULL, (const guint8 *) text, strlen (text), secret);
}

/* What signing adds. */
typedef struct
{
  char *key;
  char *code;
  char *signature;
} Signed;

static void
signed_clear (Signed *self)
{
  g_free (self->key);
  g_free (self->code);
  g_free (self->signature);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Signed, signed_clear)

/* @text with two members more. */
static char *
add_members (const char   *text,
             const Signed *added)
{
  return g_strdup_printf ("%.*s,\"key\":\"%s\",\"code\":\"%s\"}", (int) strlen (text) - 1, text,
                          added->key, added->code);
}

/* @self: without its key, which is set; @text: a JSON object of all that it says */
static gboolean
sign_said (YejiSignedReceipt  *self,
           const char         *text,
           const guint8       *secret,
           Signed             *added,
           GError            **error)
{
  guint8 signature[crypto_sign_BYTES];
  g_autofree char *key = NULL;
  g_autofree char *code = NULL;
  g_autofree char *end = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *canonical = NULL;

  ensure_sodium ();
  key = print_base64 (secret + crypto_sign_SEEDBYTES, crypto_sign_PUBLICKEYBYTES,
                      sodium_base64_VARIANT_ORIGINAL);
  added->key = yeji_receipt_key_get_id (key);
  self->key = added->key;
  code = print_code (self);
  self->key = NULL;
  sign_text (code, secret, signature);
  end = print_base64 (signature, sizeof signature, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  added->code = g_strconcat (code, "/", end, NULL);

  whole = add_members (text, added);
  canonical = yeji_canonical_text (whole, strlen (whole), error);
  if (canonical == NULL)
    return FALSE;
  sign_text (canonical, secret, signature);
  added->signature = print_base64 (signature, sizeof signature, sodium_base64_VARIANT_ORIGINAL);
  return TRUE;
}

/**
 * yeji_receipt_sign:
 * @receipt: all members but `key`, `code` and `signature`, which are added
 * @secret: crypto_sign_SECRETKEYBYTES, as libsodium keeps them: the public key is their second half
 *
 * Signs a receipt.
 *
 * Returns: %FALSE with %YEJI_SIGNED_RECEIPT_ERROR_SHAPE when the members are not those of a receipt
 */
gboolean
yeji_receipt_sign (JsonObject    *receipt,
                   const guint8  *secret,
                   GError       **error)
{
  static const char * const made[] = { "key", "code", "signature" };
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), receipt);
  g_autoptr (YejiSignedReceipt) self = NULL;
  g_auto (Signed) added = { NULL };
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    json_object_remove_member (receipt, made[i]);
  self = read_json (receipt, PART_KEY, error);
  if (self == NULL)
    return FALSE;
  text = yeji_json_print (node, FALSE);
  if (!sign_said (self, text, secret, &added, error))
    return FALSE;
  json_object_set_string_member (receipt, "key", added.key);
  json_object_set_string_member (receipt, "code", added.code);
  json_object_set_string_member (receipt, "signature", added.signature);
  return TRUE;
}

static void
append_text (GString    *text,
             const char *member,
             const char *value)
{
  g_string_append_printf (text, "\"%s\":", member);
  if (value != NULL)
    yeji_json_print_string (text, value);
  else
    g_string_append (text, "null");
  g_string_append_c (text, ',');
}

/**
 * yeji_receipt_print:
 * @said: what is not of its documents and of the signature; nothing is kept of it
 * @files: its documents as JSON: an array of `slot`, `sha256`, `filename`, `received_at` and `size`
 * @secret: as for yeji_receipt_sign()
 *
 * Signs a receipt that is made for it, which is many times as fast as to read what is there.
 *
 * Returns: (transfer full) (nullable): the receipt as JSON, %NULL with
 *   %YEJI_SIGNED_RECEIPT_ERROR_SHAPE for what no receipt says
 */
char *
yeji_receipt_print (const YejiSignedReceipt  *said,
                    const char               *files,
                    const guint8             *secret,
                    GError                  **error)
{
  YejiSignedReceipt self = *said;
  g_autoptr (GString) text = g_string_sized_new (strlen (files) + 1024);
  g_autofree char *canonical = yeji_canonical_text (files, strlen (files), error);
  g_autofree char *sum = NULL;
  g_autofree char *whole = NULL;
  g_auto (Signed) added = { NULL };

  if (canonical == NULL)
    return NULL;
  g_string_append_printf (text, "{\"version\":%d,", YEJI_SIGNED_RECEIPT_VERSION);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *value = G_STRUCT_MEMBER (char *, said, members[i].offset);

      if (members[i].part == PART_KEY)
        continue;
      if (value == NULL ? !members[i].may_be_null : !members[i].is_right (value))
        {
          fail_shape (error, members[i].member);
          return NULL;
        }
      append_text (text, members[i].member, value);
    }
  g_string_append_printf (text, "\"files\":%s}", canonical);
  sum = yeji_digest_sum_text (canonical);
  self.files_sha256 = sum;
  if (!sign_said (&self, text->str, secret, &added, error))
    return NULL;
  whole = add_members (text->str, &added);
  return g_strdup_printf ("%.*s,\"signature\":\"%s\"}", (int) strlen (whole) - 1, whole,
                          added.signature);
}

/**
 * yeji_receipt_key_get_id:
 * @key: a public key, base64
 *
 * Returns: (transfer full) (nullable): its short name, the first 16 hexadecimal digits of its
 *   SHA-256; %NULL when it is no key
 */
char *
yeji_receipt_key_get_id (const char *key)
{
  guint8 public[crypto_sign_PUBLICKEYBYTES];
  g_autofree char *sum = NULL;

  ensure_sodium ();
  if (!read_base64 (key, public, sizeof public, sodium_base64_VARIANT_ORIGINAL))
    return NULL;
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, public, sizeof public);
  return g_strndup (sum, KEY_ID_LENGTH);
}

/**
 * yeji_receipt_key_sign:
 * @key: a new public key, base64
 * @secret: of the one that it follows
 *
 * Returns: (transfer full): base64, what yeji_receipt_key_is_endorsed() takes
 */
char *
yeji_receipt_key_sign (const char   *key,
                       const guint8 *secret)
{
  guint8 signature[crypto_sign_BYTES];
  g_autofree char *text = g_strconcat (KEY_START "/", key, NULL);

  ensure_sodium ();
  sign_text (text, secret, signature);
  return print_base64 (signature, sizeof signature, sodium_base64_VARIANT_ORIGINAL);
}

/**
 * yeji_receipt_key_is_endorsed:
 * @key: a new public key, base64
 * @by: the public key that is trusted, base64
 *
 * Returns: whether whoever holds @by says that @key follows it
 */
gboolean
yeji_receipt_key_is_endorsed (const char *key,
                              const char *by,
                              const char *endorsement)
{
  guint8 public[crypto_sign_PUBLICKEYBYTES];
  g_autofree char *text = g_strconcat (KEY_START "/", key, NULL);
  g_autofree char *id = yeji_receipt_key_get_id (key);

  ensure_sodium ();
  return id != NULL && read_base64 (by, public, sizeof public, sodium_base64_VARIANT_ORIGINAL)
         && verify_text (text, strlen (text), endorsement, sodium_base64_VARIANT_ORIGINAL, public,
                         NULL);
}
