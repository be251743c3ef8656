export const buildErrors = {
  BUILD_FAILED: {
    message: "{builder} did not build the image ({exit}): {line}",
    hint: "its own lines above tell more; mend the Dockerfile or its context and build again: nothing was tagged",
  },
  BUILD_PLATFORMS_WRONG: {
    message: "{builder} has not built an image for {wanted}; what it built is for {made}",
    hint: "check that every base image is there for these platforms, or try another builder or a newer version of it",
  },
  BUILD_PROGRAM_MISSING: {
    message: "{program} is needed to build, but {reason}",
    hint: "install it (Debian, Ubuntu: `{install}`), or build without it by `with: layers`",
  },
  BUILDER_CANNOT: {
    message: "{builder} cannot {what}",
    hint: "docker with buildx can (https://docs.docker.com/go/buildx/); buildah builds for several platforms, too",
  },
  BUILDX_CANNOT_EXPORT: {
    message: "buildx has no builder that can write an OCI archive; {instance} (driver {driver}) cannot",
    hint: "make one: docker buildx create --name slipway --driver docker-container --use",
  },
  BUILDER_NONE: {
    message: "nothing here can build a Dockerfile. docker: {docker}. buildah: {buildah}",
    hint: "start the Docker engine or install buildah (Debian, Ubuntu: apt-get install buildah); `with: layers` needs neither",
  },
  DOCKERFILE_MISSING: {
    message: "there is no Dockerfile at {path}",
    hint: "say where it is with build.dockerfile, or build from folders with build.layers",
  },
  CONTEXT_MISSING: {
    message: "the build context {path} is not a folder",
    hint: "build.context names the folder whose files the Dockerfile copies",
  },
  LAYER_SOURCE_MISSING: {
    message: "{path} is to be put into a layer, but {reason}",
    hint: "check build.layers; what a package is unpacked into is there only after `slipway unpack`",
  },
  LAYER_PATH_INVALID: {
    message: "a layer cannot be put at {path}: {reason}",
    hint: "in build.layers, `to` is an absolute path in the image, such as /app",
  },
  LAYER_FILE_UNSUPPORTED: {
    message: "{path} is {kind}, and a layer holds only files, folders and symbolic links",
    hint: "delete it, or move it out of the folder that the layer is made of",
  },
  LAYER_FILE_CHANGED: {
    message: "{path} was written to while it was put into a layer",
    hint: "wait until nothing changes the folder any more, and build again: nothing was tagged",
  },
  BASE_UNSUPPORTED: {
    message: "{image} cannot be a base image: {reason}",
    hint: "build.from takes container images, such as docker.io/library/debian:12, or scratch",
  },
} as const;
