import type { ErrorBody } from "./error-body.ts";

/**
 * How registries say that a tag is not to be moved. Harbor: 412 "configured as immutable"; ECR: 400 TAG_INVALID "cannot be
 * overwritten because the tag is immutable", and ImageTagAlreadyExistsException; Quay: "tag is immutable and cannot be
 * overwritten"; Alibaba Cloud: "already exists and cannot be overwritten"; Mirantis: "cannot be overwritten because … is an
 * immutable repository"; Azure, of an image that is locked: 405 REGISTRY_DISALLOWED_OPERATION.
 * https://github.com/goharbor/harbor/blob/main/src/server/middleware/immutable/error.go
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 * https://issues.redhat.com/browse/PROJQUAY-10859
 * https://help.aliyun.com/en/acr/user-guide/turn-on-immutable-image-version
 * https://docs.mirantis.com/msr/current/ops/manage-images/prevent-tags-from-being-overwritten.html
 * https://learn.microsoft.com/azure/container-registry/container-registry-image-lock
 */
const PROTECTED =
  /immutable|cannot be overwrit|ImageTagAlreadyExists|TAG_ALREADY_EXISTS|REGISTRY_DISALLOWED_OPERATION/i;

/** The tag that a registry refuses to move to the manifest that was put under it; undefined where it says something else. */
export function protectedTag(operation: string, status: number, { detail }: ErrorBody): string | undefined {
  const tag = /^PUT \/v2\/.+\/manifests\/([^/:]+)$/.exec(operation)?.[1];
  return status >= 400 && status < 500 && PROTECTED.test(detail) ? tag : undefined;
}
