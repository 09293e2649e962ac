package org.quattor.ncm.xen.plan;

import java.util.ArrayList;
import java.util.List;
import org.quattor.ncm.xen.host.FileEntry.Kind;
import org.quattor.ncm.xen.network.NetworkFiles;
import org.quattor.ncm.xen.observe.NetworkState;
import org.quattor.ncm.xen.plan.FileAction.RemoveFile;
import org.quattor.ncm.xen.plan.FileAction.RenameFile;
import org.quattor.ncm.xen.plan.NetworkAction.RestartLibvirt;

/** Plans to rename the networks that libvirt would start, and to restore their names. */
final class LibvirtNetworks {

  private static final String HOST = "";
  private static final String XML = "xml";

  private final PlanBuilder builder;

  LibvirtNetworks(PlanBuilder builder) {
    this.builder = builder;
  }

  void plan(NetworkState state, boolean keptOut) {
    List<String> changes = new ArrayList<>();
    state
        .libvirt()
        .forEach(
            (name, entry) -> {
              boolean plain = entry.kind() == Kind.FILE || entry.kind() == Kind.LINK;
              if (plain && keptOut && name.endsWith(XML)) {
                changes.add(rename(name, name + NetworkFiles.NOT_STARTED, Reason.LIBVIRT_OUT));
              } else if (plain && !keptOut && name.endsWith(NetworkFiles.NOT_STARTED)) {
                changes.add(back(state, name));
              }
            });
    if (!changes.isEmpty() && state.libvirtRuns()) {
      builder.add(new RestartLibvirt(Step.of(HOST, Reason.LIBVIRT_CHANGES).after(changes)));
    }
  }

  /** Where a network has its original name again, only the other file is removed. */
  private String back(NetworkState state, String name) {
    String original = name.substring(0, name.length() - NetworkFiles.NOT_STARTED.length());
    return state.libvirt().containsKey(original)
        ? builder.add(new RemoveFile(Step.of(HOST, Reason.LIBVIRT_BACK), path(name)))
        : rename(name, original, Reason.LIBVIRT_BACK);
  }

  private String rename(String name, String other, Reason reason) {
    return builder.add(new RenameFile(Step.of(HOST, reason), path(name), path(other)));
  }

  private static String path(String name) {
    return NetworkFiles.LIBVIRT_FOLDER + "/" + name;
  }
}
