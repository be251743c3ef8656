export const targetErrors = {
  CONTENT_MISMATCH: {
    message: "the bytes of {digest} from {target} are not what the digest says: {reason}",
    hint: "nothing was tagged; the source or something on the way to it is damaged, so try another source",
  },
  TARGET_INVALID: {
    message: "not a place for images: {text} ({reason})",
    hint: "write docker://REFERENCE, oci:FOLDER[:TAG], oci-archive:FILE[:TAG], docker-archive:FILE[:REFERENCE] or docker-daemon:REFERENCE",
  },
  TARGET_UNREADABLE: {
    message: "{target} cannot be read: {reason}",
    hint: "check the path and its permissions; an OCI layout is a folder with the files oci-layout and index.json",
  },
  ARCHIVE_INVALID: {
    message: "{target} is not an archive that is safe to read: {reason}",
    hint: "make it again with `docker save`, `skopeo copy` or `slipway copy`; nothing was written outside of it",
  },
  IMAGE_AMBIGUOUS: {
    message: "{target} holds {count} images: {images}",
    hint: "say which one by its tag or reference, after a colon at the end of the place",
  },
  IMAGE_UNSUPPORTED: {
    message: "{target} cannot hold {digest}: {reason}",
    hint: "an OCI layout (oci:FOLDER or oci-archive:FILE) takes every kind of image and keeps its digest",
  },
  PLATFORM_UNKNOWN: {
    message: "{image} has no image for {platform}; it has {available}",
    hint: "choose one of those with --platform",
  },
  STORAGE_FULL: {
    message: "no space left on the disk that holds {path}",
    hint: "free some space, or use another disk (--cache-dir, or TMPDIR for temporary files); the same command goes on",
  },
  STORAGE_FAILED: {
    message: "the file system failed on {path}: {reason}",
    hint: "check the permissions and the health of the disk that holds it",
  },
  DAEMON_UNREACHABLE: {
    message: "no Docker engine answers at {socket}: {reason}",
    hint: "check that the engine runs and that this user may use its socket (group docker), or set DOCKER_HOST",
  },
  DAEMON_ANSWER: {
    message: "the Docker engine at {socket} could not {operation}: {detail}",
    hint: "the engine's own log (journalctl -u docker) tells more",
  },
} as const;
