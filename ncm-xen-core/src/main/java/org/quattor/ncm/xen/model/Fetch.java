package org.quattor.ncm.xen.model;

import org.quattor.ncm.xen.host.RemoteFile;
import org.quattor.ncm.xen.text.HostPath;

/**
 * An entry of {@code fetch}: a file that is brought to dom0 when it is missing or different.
 *
 * @param path the Pan path of the entry, for findings
 * @param source where it comes from and what has to be in it
 * @param file where it lies in dom0
 */
public record Fetch(String path, RemoteFile source, String file) {

  /** Returns the folder that it lies in. */
  public String folder() {
    return HostPath.folder(file);
  }
}
