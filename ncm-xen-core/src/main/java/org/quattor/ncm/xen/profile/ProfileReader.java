package org.quattor.ncm.xen.profile;

import java.io.InputStream;
import java.nio.file.Path;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.ProfileException;

/** Stand-in until the profile stage is merged. */
@SuppressWarnings("DoNotCallSuggester")
public final class ProfileReader {
  private ProfileReader() {}

  /** Reads a file. */
  public static Profile read(Path file) {
    throw new ProfileException(ProfileException.Kind.INVALID, file + ": no reader yet");
  }

  /** Reads a stream. */
  public static Profile read(InputStream in, String source) {
    throw new ProfileException(ProfileException.Kind.INVALID, source + ": no reader yet");
  }
}
