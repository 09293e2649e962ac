package org.quattor.ncm.xen.apply;

import com.google.common.collect.ImmutableSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.ActionResult;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.ComponentListener;
import org.quattor.ncm.component.Effect;
import org.quattor.ncm.component.Outcome;
import org.quattor.ncm.xen.host.HostDomains;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.XenHost;
import org.quattor.ncm.xen.model.VolumeTags;
import org.quattor.ncm.xen.plan.Action;
import org.quattor.ncm.xen.plan.ChangeAction.AttachDisk;
import org.quattor.ncm.xen.plan.ChangeAction.AttachVif;
import org.quattor.ncm.xen.plan.ChangeAction.Pin;
import org.quattor.ncm.xen.plan.ChangeAction.RestartDomain;
import org.quattor.ncm.xen.plan.ChangeAction.SetMemory;
import org.quattor.ncm.xen.plan.ChangeAction.SetShare;
import org.quattor.ncm.xen.plan.ChangeAction.SetVcpus;
import org.quattor.ncm.xen.plan.ChangeAction.UpdateConfiguration;
import org.quattor.ncm.xen.plan.GuestAction.CreateLink;
import org.quattor.ncm.xen.plan.GuestAction.FetchFile;
import org.quattor.ncm.xen.plan.GuestAction.KeepFile;
import org.quattor.ncm.xen.plan.GuestAction.RemoveFile;
import org.quattor.ncm.xen.plan.GuestAction.RemoveLink;
import org.quattor.ncm.xen.plan.GuestAction.StartDomain;
import org.quattor.ncm.xen.plan.GuestAction.StopDomain;
import org.quattor.ncm.xen.plan.GuestAction.WriteFile;
import org.quattor.ncm.xen.plan.NetworkAction;
import org.quattor.ncm.xen.plan.StorageAction.CreateGroup;
import org.quattor.ncm.xen.plan.StorageAction.CreateImage;
import org.quattor.ncm.xen.plan.StorageAction.CreateVolume;
import org.quattor.ncm.xen.plan.StorageAction.ExtendImage;
import org.quattor.ncm.xen.plan.StorageAction.ExtendVolume;
import org.quattor.ncm.xen.plan.StorageAction.MakeFilesystem;
import org.quattor.ncm.xen.plan.Watched;

/** Turns each action into operations of the host. */
final class ActionExecutor implements Action.Visitor {

  /** The mark of volumes that ncm-xen made. */
  private static final ImmutableSet<String> TAGS = ImmutableSet.of(VolumeTags.OURS);

  private static final ImmutableSet<String> UNFINISHED_TAGS =
      ImmutableSet.of(VolumeTags.OURS, VolumeTags.UNFINISHED);

  /**
   * {@code xl} destroys a rebooting domain, sleeps for two seconds and makes it again ({@code
   * xl_vmcontrol.c}); whoever is still absent after five does not reboot.
   */
  private static final Duration REBOOT_WINDOW = Duration.ofSeconds(5);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private static final int GUEST_FILE_MODE = 0600;
  private static final int XEN_FOLDER_MODE = 0755;
  private static final int IMAGE_FOLDER_MODE = 0700;
  private static final int FETCH_FOLDER_MODE = 0755;
  private static final int LARGEST_FILE = 1 << 20;

  private final XenHost host;
  private final HostDomains domains;
  private final ComponentListener listener;
  private final Pause pause;
  private final BooleanSupplier stopRequested;
  private final NetworkExecutor network;
  private boolean waitedForReboots;
  private long delaySeconds;
  private @Nullable String instead;

  ActionExecutor(XenHost host, HostDomains domains, ComponentContext context, Pause pause) {
    this.host = host;
    this.domains = domains;
    this.listener = context.listener();
    this.pause = pause;
    this.stopRequested = context::stopRequested;
    this.network = new NetworkExecutor(host);
  }

  ActionResult execute(Action action) throws HostFailure {
    instead = null;
    action.accept(this);
    String why = instead;
    return why == null
        ? new ActionResult(action, Outcome.DONE, "")
        : new ActionResult(action, Outcome.NOT_RUN, why);
  }

  @Override
  public void createGroup(CreateGroup action) throws HostFailure {
    host.volumes().createGroup(action.group(), action.device());
  }

  @Override
  public void createVolume(CreateVolume action) throws HostFailure {
    host.volumes()
        .createVolume(
            action.group(),
            action.volume(),
            action.sizeBytes(),
            action.unfinished() ? UNFINISHED_TAGS : TAGS);
  }

  /** The tag goes last: as long as it is there, the volume counts as incomplete. */
  @Override
  public void makeFilesystem(MakeFilesystem action) throws HostFailure {
    host.filesystems().make(action.device(), action.filesystem());
    host.volumes().removeTag(action.group(), action.volume(), VolumeTags.UNFINISHED);
  }

  @Override
  public void extendVolume(ExtendVolume action) throws HostFailure {
    host.volumes().extendVolume(action.group(), action.volume(), action.sizeBytes());
  }

  @Override
  public void createImage(CreateImage action) throws HostFailure {
    host.files().makeFolder(folder(action.path()), IMAGE_FOLDER_MODE);
    host.storage()
        .createImage(
            action.path(),
            action.image(),
            done -> listener.progress(action, done, action.image().sizeBytes()));
  }

  @Override
  public void extendImage(ExtendImage action) throws HostFailure {
    host.storage().extendImage(action.path(), action.format(), action.sizeBytes());
  }

  @Override
  public void fetchFile(FetchFile action) throws HostFailure {
    host.files().makeFolder(folder(action.path()), FETCH_FOLDER_MODE);
    try {
      host.fetches()
          .fetch(
              action.source(),
              action.path(),
              (done, total) -> {
                if (total > 0) {
                  listener.progress(action, done, total);
                }
                return !stopRequested.getAsBoolean();
              });
    } catch (HostFailure e) {
      throw action.effect() == Effect.CREATE
          ? e
          : new HostFailure(
              e.getMessage() + "; the old file, which is not the declared one, stays", e);
    }
  }

  @Override
  public void changeNetwork(NetworkAction action) throws HostFailure {
    action.acceptNetwork(network);
  }

  @Override
  public void keepFile(KeepFile action) throws HostFailure {
    host.files()
        .write(action.copy(), host.files().read(action.path(), LARGEST_FILE), GUEST_FILE_MODE);
  }

  @Override
  public void writeFile(WriteFile action) throws HostFailure {
    host.files().makeFolder(folder(action.path()), XEN_FOLDER_MODE);
    host.files()
        .write(action.path(), action.text().getBytes(StandardCharsets.UTF_8), GUEST_FILE_MODE);
  }

  @Override
  public void removeFile(RemoveFile action) throws HostFailure {
    host.files().remove(action.path());
  }

  @Override
  public void createLink(CreateLink action) throws HostFailure {
    host.files().makeFolder(folder(action.path()), XEN_FOLDER_MODE);
    host.files().link(action.path(), action.file());
  }

  @Override
  public void removeLink(RemoveLink action) throws HostFailure {
    host.files().remove(action.path());
  }

  /** One wait serves all guests that may be rebooting: after it, the list tells which ones were. */
  @Override
  public void startDomain(StartDomain action) throws HostFailure {
    delay();
    if (action.mayBeRebooting()) {
      if (!waitedForReboots) {
        listener.stage("waiting 5 s, since absent guests may be rebooting");
        pause.of(REBOOT_WINDOW);
        waitedForReboots = true;
      }
      if (isListed(action.domain())) {
        instead = "it was rebooting and is back";
        return;
      }
      requireNobodyAtWork(action.domain(), action.file());
    }
    domains.start(action.file());
    delaySeconds = action.delaySeconds();
  }

  /**
   * Who still has a process of the toolstack now neither runs nor reboots: it is being made, or
   * that hangs. A second start would make a second one as soon as it goes on.
   */
  private void requireNobodyAtWork(String domain, String file) throws HostFailure {
    Optional<String> process = atWork(domain, file);
    if (process.isPresent()) {
      throw new HostFailure(
          "domain "
              + domain
              + " does not run, but a process of the toolstack works for it ("
              + process.get()
              + "), so that it is not started a second time; when that process hangs, end it"
              + " and run again");
    }
  }

  private Optional<String> atWork(String domain, String file) throws HostFailure {
    String key = file.substring(file.lastIndexOf('/') + 1);
    return domains.watched().stream()
        .filter(process -> Watched.isOf(process, key, domain))
        .findFirst();
  }

  private boolean isListed(String name) throws HostFailure {
    return domains.list().stream().anyMatch(domain -> domain.name().equals(name));
  }

  /** Waits what the last start asks for. */
  private void delay() {
    if (delaySeconds > 0) {
      pause.of(Duration.ofSeconds(delaySeconds));
      delaySeconds = 0;
    }
  }

  @Override
  public void stopDomain(StopDomain action) throws HostFailure {
    domains.shutdown(action.domain(), Duration.ofSeconds(action.timeoutSeconds()));
  }

  @Override
  public void setMemory(SetMemory action) throws HostFailure {
    host.liveChanges().setMemory(action.domain(), action.memoryMib());
  }

  @Override
  public void setVcpus(SetVcpus action) throws HostFailure {
    host.liveChanges().setVcpus(action.domain(), action.vcpus());
  }

  @Override
  public void setShare(SetShare action) throws HostFailure {
    host.liveChanges().setShare(action.domain(), action.share());
  }

  @Override
  public void pin(Pin action) throws HostFailure {
    host.liveChanges().pin(action.domain(), action.affinity());
  }

  @Override
  public void attachDisk(AttachDisk action) throws HostFailure {
    host.liveChanges().attachDisk(action.domain(), action.keys());
  }

  @Override
  public void attachVif(AttachVif action) throws HostFailure {
    host.liveChanges().attachVif(action.domain(), action.keys());
  }

  @Override
  public void updateConfiguration(UpdateConfiguration action) throws HostFailure {
    host.liveChanges().store(action.domain(), action.file());
  }

  /**
   * A domain that does not shut down in time is not started: it still runs. Nor is one whose guest
   * answers the shutdown with a reboot: it is gone for a moment, and its process makes it anew.
   */
  @Override
  public void restartDomain(RestartDomain action) throws HostFailure {
    delay();
    domains.shutdown(action.domain(), Duration.ofSeconds(action.timeoutSeconds()));
    Duration waited = Duration.ZERO;
    while (waited.compareTo(REBOOT_WINDOW) < 0
        && atWork(action.domain(), action.file()).isPresent()) {
      pause.of(BETWEEN_LOOKS);
      waited = waited.plus(BETWEEN_LOOKS);
      if (isListed(action.domain())) {
        throw new HostFailure(
            "domain "
                + action.domain()
                + " rebooted instead of shutting down, and runs with what it had");
      }
    }
    requireNobodyAtWork(action.domain(), action.file());
    domains.start(action.file());
    delaySeconds = action.delaySeconds();
  }

  private static String folder(String path) {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }
}
