export const sourceErrors = {
  DOWNLOAD_URL_INVALID: {
    message: "the address of the package is not usable: {reason}",
    hint: "write https://HOST/PATH, the path of a file or a folder, or set the SAS URL of an Azure blob",
  },
  DOWNLOAD_INSECURE: {
    message: "{url} is plain HTTP: whoever is on the way could give another package",
    hint: "use https, or give the package's checksum (sha256:…)",
  },
  DOWNLOAD_REDIRECT_REFUSED: {
    message: "{url} leads to {location}, which is not followed: {reason}",
    hint: "give the address at which the package really is; it must be https",
  },
  DOWNLOAD_DENIED: {
    message: "{url} may not be read: {reason}",
    hint: "check the credentials: a SAS URL must be whole, with its signature, of this container, and allowed from this network",
  },
  DOWNLOAD_MISSING: {
    message: "there is no package at {url}: {reason}",
    hint: "check the name of the package and the version in it, and that it was uploaded before",
  },
  DOWNLOAD_FAILED: {
    message: "{url} could not be downloaded: {reason}",
    hint: "check the network, and HTTPS_PROXY if it needs a proxy; the same command goes on: what has arrived is not fetched again",
  },
  DOWNLOAD_STALLED: {
    message: "{url} gave next to nothing for {seconds} s",
    hint: "the link or the service is stuck; the same command goes on: what has arrived is not fetched again",
  },
  AZURE_BLOB_INVALID: {
    message: "the Azure blob to download is not usable: {reason}",
    hint: "set AZURE_BLOB_SAS_URL to the SAS URL of a container, with the package's name beside it, or of the blob itself",
  },
  AZURE_SAS_EXPIRED: {
    message: "the SAS URL of {url} has ended at {date}",
    hint: "make a new one in the Azure portal (container, Shared access tokens, permission Read) and set it instead",
  },
  AZURE_SAS_LACKS_READ: {
    message: "the SAS URL of {url} permits no reading: its permissions are {permissions}",
    hint: "make a new one with the permission Read (sp=r)",
  },
  PACKAGE_UNREADABLE: {
    message: "the package {path} cannot be read: {reason}",
    hint: "check the path and its permissions",
  },
  PACKAGE_MISMATCH: {
    message: "{package} is not the package that it should be: {reason}",
    hint: "nothing of it is used; if the checksum in the configuration is of an older package, set the new one",
  },
  PACKAGE_KIND_UNKNOWN: {
    message: "{file} cannot be unpacked: {kind}",
    hint: "pack it as zip, tar, tar.gz or tar.zst; its bytes count, not its name",
  },
  PACKAGE_DAMAGED: {
    message: "{file} is damaged: {reason}",
    hint: "nothing was unpacked; download it again, and if it is the same again, it must be packed anew",
  },
  PACKAGE_UNSAFE: {
    message: "{file} is not safe to unpack: {entry} {reason}",
    hint: "nothing was unpacked, and nothing was written outside of the folder; whoever made the package must leave that out",
  },
  PACKAGE_TOO_LARGE: {
    message: "{file} unpacks to more than it may: {reason}",
    hint: "nothing was unpacked; make sure that it is the package that you mean",
  },
  UNPACK_FOLDER_FORBIDDEN: {
    message: "nothing can be unpacked into {folder}: {reason}",
    hint: "unpacking replaces the whole folder: name one of its own inside of the project, such as build/app",
  },
  UNPACK_FOLDER_NOT_OURS: {
    message: "{folder} holds something that Slipway did not unpack there: {reason}",
    hint: "unpacking would delete it: move it away or delete it, or unpack into another folder",
  },
} as const;
