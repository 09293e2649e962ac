package org.quattor.ncm.xen.host;

/** Files that are brought to the host from web servers. */
public interface HostFetches {

  /** The permission bits of a file that was fetched. */
  int MODE = 0644;

  /** Hears how far a fetch is, on the thread that asked for it, and may end it. */
  @FunctionalInterface
  interface Watch {
    /**
     * Hears.
     *
     * @param doneBytes what is there so far
     * @param totalBytes what there will be; 0 when the server does not say
     * @return whether the fetch is to go on
     */
    boolean goesOn(long doneBytes, long totalBytes);
  }

  /**
   * Returns the SHA-256 digest of the content of a regular file, as 64 hexadecimal digits in lower
   * case. The last step of the path is not followed when it is a symbolic link. Costs no command.
   */
  String sha256(String path) throws HostFailure;

  /**
   * Fetches a file to a place: into a temporary file in the same folder (see {@link HostFiles}),
   * with the digest taken while it comes in, synced and renamed. The place holds the whole declared
   * content then, with mode {@link #MODE}, or what it held before.
   *
   * <p>MUST fail when the content has another digest, when anything but a regular file lies at the
   * place, when the folder is missing or writable by everybody, when it takes longer than an
   * external command may take, and when the watch says so. MUST NOT fill the file system, and MUST
   * NOT show user, password or query of the URL in a message.
   */
  void fetch(RemoteFile source, String path, Watch watch) throws HostFailure;
}
