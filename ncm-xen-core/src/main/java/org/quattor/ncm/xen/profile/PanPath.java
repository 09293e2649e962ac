package org.quattor.ncm.xen.profile;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;

/** The syntax of paths: steps with a slash before each, taken as they stand. */
final class PanPath {

  private static final Splitter STEPS = Splitter.on('/');

  private PanPath() {}

  /** Returns the steps of an absolute or a relative path; none for the root. */
  static List<String> steps(String path) {
    String relative = path.startsWith("/") ? path.substring(1) : path;
    return relative.isEmpty() ? ImmutableList.of() : STEPS.splitToList(relative);
  }

  /** Returns the path of a child. */
  static String append(String parent, String step) {
    return parent.equals("/") ? "/" + step : parent + "/" + step;
  }
}
