// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-certificate.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define KEY_BYTES 32
#define HEX_LENGTH (2 * KEY_BYTES)
#define BASE64_PREFIX "sha256//"

/* In X.509 (RFC 5280, 4.1), what stands before the key in the signed part of a certificate. */
#define N_BEFORE_KEY 5
#define DER_SEQUENCE 0x30
#define DER_VERSION 0xa0

/* What is worst comes first, as only a few fit into a sentence that is read. */
static const struct
{
  GTlsCertificateFlags flag;
  const char *words;
} words[] = {
  { YEJI_CERTIFICATE_NOT_PINNED,
    N_("its key is not the one that is pinned for this profile: either the province has a new key,"
       " and can tell you its fingerprint, or somebody else answers in its place") },
  { G_TLS_CERTIFICATE_REVOKED, N_("it was revoked by the authority that issued it") },
  { G_TLS_CERTIFICATE_BAD_IDENTITY,
    N_("it was issued for another address: check the address for a typing error") },
  { G_TLS_CERTIFICATE_UNKNOWN_CA,
    N_("it was not issued by an authority that this computer trusts: ask the province for the"
       " certificate of its authority, and do not enter a password in a network that you do not"
       " know") },
  { G_TLS_CERTIFICATE_EXPIRED,
    N_("it has expired: tell the province, and check the date of this computer") },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED,
    N_("it is not valid yet: the clock of this computer may be wrong") },
  { G_TLS_CERTIFICATE_INSECURE, N_("it is made by a method that is not safe any more") },
  { G_TLS_CERTIFICATE_GENERIC_ERROR, N_("it cannot be checked") },
};

/**
 * yeji_certificate_words:
 * @flags: what is wrong with the certificate of a province
 *
 * Says it so that a clerk knows what to do.
 *
 * Returns: (transfer full): a sentence in the user's language
 */
char *
yeji_certificate_words (GTlsCertificateFlags flags)
{
  g_autoptr (GString) reasons = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if ((flags & words[i].flag) != 0)
      {
        if (reasons->len > 0)
          g_string_append (reasons, C_("between the reasons", "; "));
        g_string_append (reasons, _(words[i].words));
      }
  if (reasons->len == 0)
    g_string_append (reasons, _("the connection could not be secured"));
  return g_strdup_printf (_("The certificate of the province is not accepted, and nothing was"
                            " sent: %s."), reasons->str);
}

/* Reads the tag and the length of a value (X.690, 8.1). Returns where it begins, or NULL. */
static const guint8 *
read_head (const guint8 *at,
           const guint8 *end,
           guint8       *tag,
           gsize        *length)
{
  guint n_bytes;

  if (end - at < 2)
    return NULL;
  *tag = *at++;
  *length = *at++;
  if (*length >= 0x80)
    {
      n_bytes = *length & 0x7f;
      if (n_bytes == 0 || n_bytes > 4 || end - at < (gssize) n_bytes)
        return NULL;
      *length = 0;
      while (n_bytes-- > 0)
        *length = *length << 8 | *at++;
    }
  return (gsize) (end - at) >= *length ? at : NULL;
}

/* Returns the key with its own head, which is what others take the sum of (RFC 7469, 2.4). */
static const guint8 *
find_key (const guint8 *at,
          const guint8 *end,
          gsize        *size)
{
  guint8 tag;
  gsize length;
  const guint8 *content;

  /* the certificate, and in it the part that is signed */
  for (guint i = 0; i < 2; i++)
    {
      content = read_head (at, end, &tag, &length);
      if (content == NULL || tag != DER_SEQUENCE)
        return NULL;
      at = content;
      end = content + length;
    }
  for (guint left = N_BEFORE_KEY; left > 0;)
    {
      content = read_head (at, end, &tag, &length);
      if (content == NULL)
        return NULL;
      at = content + length;
      if (tag != DER_VERSION)
        left--;
    }
  content = read_head (at, end, &tag, &length);
  if (content == NULL || tag != DER_SEQUENCE)
    return NULL;
  *size = (gsize) (content - at) + length;
  return at;
}

/**
 * yeji_certificate_get_key:
 *
 * Returns: (transfer full) (nullable): the SHA-256 of the certificate's public key as 64 small
 * hexadecimal digits, as `openssl x509 -pubkey | openssl pkey -pubin -outform DER | sha256sum`
 * gives it; %NULL when that cannot be read
 */
char *
yeji_certificate_get_key (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  const guint8 *key;
  gsize size;

  g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate), NULL);

  g_object_get (certificate, "certificate", &der, NULL);
  key = der != NULL ? find_key (der->data, der->data + der->len, &size) : NULL;
  return key != NULL ? g_compute_checksum_for_data (G_CHECKSUM_SHA256, key, size) : NULL;
}

static char *
print_hex (const guint8 *bytes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < KEY_BYTES; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}

static char *
parse_base64 (const char *text)
{
  g_autofree guint8 *bytes = NULL;
  gsize length;

  /* 32 bytes are 43 digits and one to fill up */
  if (strlen (text) != 44 || !g_str_has_suffix (text, "="))
    return NULL;
  bytes = g_base64_decode (text, &length);
  return length == KEY_BYTES ? print_hex (bytes) : NULL;
}

/**
 * yeji_certificate_parse_key:
 * @text: the SHA-256 of a public key as somebody was told it: hexadecimal, also with colons and
 *   blanks, or base64, also after `sha256//`
 *
 * Returns: (transfer full) (nullable): as yeji_certificate_get_key() gives it, %NULL when it is
 * none
 */
char *
yeji_certificate_parse_key (const char *text)
{
  g_autofree char *trimmed = NULL;
  g_autoptr (GString) digits = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  trimmed = g_strstrip (g_strdup (text));
  if (g_str_has_prefix (trimmed, BASE64_PREFIX))
    return parse_base64 (trimmed + strlen (BASE64_PREFIX));
  for (const char *at = trimmed; *at != '\0'; at++)
    if (g_ascii_isxdigit (*at))
      g_string_append_c (digits, g_ascii_tolower (*at));
    else if (*at != ':' && *at != ' ')
      return parse_base64 (trimmed);
  return digits->len == HEX_LENGTH ? g_string_free (g_steal_pointer (&digits), FALSE)
                                   : parse_base64 (trimmed);
}
