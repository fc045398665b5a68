// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-response.h"

#include <string.h>

/* Every kind of refusal with its status and its title. */
static const struct
{
  const char *kind;
  guint status;
  const char *title[N_YEJI_LANGUAGES];
} kinds[] = {
  { YEJI_WIRE_INVALID, 422, { "内容不符合要求", "The content is not valid" } },
  { YEJI_WIRE_MISSING_FILES, 409, { "材料不齐", "Documents are missing" } },
  { YEJI_WIRE_STALE, 412, { "内容已被更新", "It was changed meanwhile" } },
  { YEJI_WIRE_PRECONDITION, 428,
    { "请求须带 If-Match 或 If-None-Match", "If-Match or If-None-Match is required" } },
  { YEJI_WIRE_STATE, 409, { "当前状态不允许此操作", "Not in this state" } },
  { YEJI_WIRE_UNAUTHORISED, 401, { "请登录", "Sign in first" } },
  { YEJI_WIRE_FORBIDDEN, 403, { "没有权限", "Not permitted" } },
  { YEJI_WIRE_UNREGISTERED, 403,
    { "未登记真实姓名和处（科）室，不能审核",
      "Without a registered real name and office nobody reviews" } },
  { YEJI_WIRE_OUT_OF_AREA, 403, { "不在本部门管辖区域", "Outside of your area" } },
  { YEJI_WIRE_NOT_FOUND, 404, { "没有找到", "Not found" } },
  { YEJI_WIRE_MALFORMED, 400, { "请求格式有误", "The request is malformed" } },
  { YEJI_WIRE_DICTIONARY, 409,
    { "数据字典版本不同，请更新", "Another version of the dictionary: update it" } },
  { YEJI_WIRE_TOO_LARGE, 413, { "超出大小限制", "Too large" } },
  { YEJI_WIRE_QUOTA, 507, { "存储空间不足", "No space is left" } },
  { YEJI_WIRE_EXPIRED, 410, { "上传已过期，请重新上传", "The upload has expired: begin anew" } },
  { YEJI_WIRE_CHECKSUM, 460, { "传输中有误，请重传这一段", "Damaged on its way: send it again" } },
  { YEJI_WIRE_REMOVED, 410, { "这条业绩已被删除", "The record was removed" } },
  { YEJI_WIRE_CLAIMED, 409, { "别人正在审核", "Somebody else is reviewing it" } },
  { YEJI_WIRE_HANDED, 409, { "已转交其他部门", "It was handed to another office" } },
  { YEJI_WIRE_EXISTS, 409, { "名称已被使用", "The name is taken" } },
  { YEJI_WIRE_USED, 409, { "业绩已用于别的清单", "Other lists carry records of this one" } },
  { YEJI_WIRE_FILES_FOLLOW, 409, { "材料尚未传齐", "Documents are still to come" } },
  { YEJI_WIRE_OTHER_VERSION, YEJI_STATUS_UPGRADE_REQUIRED,
    { "客户端与服务端的版本不同", "Client and server speak different versions" } },
  { YEJI_WIRE_THROTTLED, 429,
    { "尝试次数过多，请稍后再试", "Too many attempts, try again later" } },
  { YEJI_WIRE_INTERNAL, 500, { "服务器内部错误", "Internal error" } },
};

/**
 * yeji_response_new:
 * @body: (nullable) (transfer full)
 *
 * Makes an answer.
 *
 * Returns: (transfer full): the answer
 */
YejiResponse *
yeji_response_new (guint     status,
                   JsonNode *body)
{
  YejiResponse *self = g_new0 (YejiResponse, 1);

  self->status = status;
  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->body = body;
  return self;
}

/**
 * yeji_response_new_text:
 * @json: (transfer full): the body as it is to be sent
 *
 * Makes an answer whose body was printed already.
 *
 * Returns: (transfer full): the answer
 */
YejiResponse *
yeji_response_new_text (guint  status,
                        char  *json)
{
  YejiResponse *self = yeji_response_new (status, NULL);

  self->content = g_bytes_new_take (json, strlen (json));
  self->type = g_strdup ("application/json");
  return self;
}

/**
 * yeji_response_go_on:
 *
 * Returns: (transfer full): no answer yet: the route's work comes first
 */
YejiResponse *
yeji_response_go_on (void)
{
  return yeji_response_new (0, NULL);
}

/**
 * yeji_response_set_header:
 *
 * Adds a header.
 */
void
yeji_response_set_header (YejiResponse *self,
                          const char   *name,
                          const char   *value)
{
  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

/**
 * yeji_response_get_header:
 *
 * Returns: (nullable): the value
 */
const char *
yeji_response_get_header (YejiResponse *self,
                          const char   *name)
{
  for (guint i = 0; i < self->headers->len; i += 2)
    if (g_ascii_strcasecmp (g_ptr_array_index (self->headers, i), name) == 0)
      return g_ptr_array_index (self->headers, i + 1);
  return NULL;
}

/**
 * yeji_response_set_revision:
 *
 * Adds the entity tag of a record's revision.
 */
void
yeji_response_set_revision (YejiResponse *self,
                            gint64        revision)
{
  g_autofree char *tag = g_strdup_printf ("\"r%" G_GINT64_FORMAT "\"", revision);

  yeji_response_set_header (self, "ETag", tag);
}

/**
 * yeji_response_free:
 * @self: (transfer full)
 *
 * Frees an answer.
 */
void
yeji_response_free (YejiResponse *self)
{
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->body, json_node_unref);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self->type);
  g_free (self->file);
  g_free (self);
}

static YejiResponse *
refuse (YejiRequest *request,
        guint        status,
        const char  *kind,
        const char  *detail,
        GPtrArray   *errors)
{
  g_autoptr (YejiRefusal) refusal = NULL;
  YejiResponse *self;
  guint i = 0;

  while (!g_str_equal (kinds[i].kind, kind))
    g_assert (++i < G_N_ELEMENTS (kinds));
  if (status == 0)
    status = kinds[i].status;
  refusal = yeji_refusal_new (status, kind, kinds[i].title[request->language], detail, errors);
  self = yeji_response_new (status, yeji_refusal_to_json (refusal));
  self->type = g_strdup (YEJI_WIRE_PROBLEM_TYPE);
  if (status == 401)
    yeji_response_set_header (self, "WWW-Authenticate", "Bearer");
  return self;
}

/**
 * yeji_refuse:
 * @kind: a kind of refusal
 * @detail_zh: (nullable): what to do, in Chinese
 * @detail_en: (nullable): the same in English
 *
 * Returns: (transfer full): a refusal in the language of the request
 */
YejiResponse *
yeji_refuse (YejiRequest *request,
             const char  *kind,
             const char  *detail_zh,
             const char  *detail_en)
{
  return yeji_refuse_status (request, 0, kind, detail_zh, detail_en);
}

/**
 * yeji_refuse_status:
 * @status: instead of the kind's own
 *
 * Returns: (transfer full): a refusal with a status that another protocol (tus, HTTP) demands
 */
YejiResponse *
yeji_refuse_status (YejiRequest *request,
                    guint        status,
                    const char  *kind,
                    const char  *detail_zh,
                    const char  *detail_en)
{
  return refuse (request, status, kind,
                 request->language == YEJI_LANGUAGE_EN ? detail_en : detail_zh, NULL);
}

/**
 * yeji_refuse_errors:
 * @errors: (element-type YejiProblem)
 *
 * Returns: (transfer full): a refusal that points at places in the record
 */
YejiResponse *
yeji_refuse_errors (YejiRequest *request,
                    const char  *kind,
                    GPtrArray   *errors)
{
  return refuse (request, 0, kind, NULL, errors);
}
