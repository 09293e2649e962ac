package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Impact;
import org.quattor.ncm.component.PlannedAction;
import org.quattor.ncm.xen.host.HostFailure;
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
import org.quattor.ncm.xen.plan.StorageAction.CreateGroup;
import org.quattor.ncm.xen.plan.StorageAction.CreateImage;
import org.quattor.ncm.xen.plan.StorageAction.CreateVolume;
import org.quattor.ncm.xen.plan.StorageAction.ExtendImage;
import org.quattor.ncm.xen.plan.StorageAction.ExtendVolume;
import org.quattor.ncm.xen.plan.StorageAction.MakeFilesystem;

/** A step that changes the host: the closed set of what ncm-xen does. */
public sealed interface Action extends PlannedAction
    permits StorageAction, GuestAction, ChangeAction, NetworkAction {

  /** Returns what every action has. */
  Step step();

  /** Calls the method for the kind of action. */
  void accept(Visitor visitor) throws HostFailure;

  @Override
  default String id() {
    return type() + ":" + target();
  }

  @Override
  default String subject() {
    return step().subject();
  }

  @Override
  default String reason() {
    return step().why().text();
  }

  @Override
  default Impact impact() {
    return step().impact();
  }

  @Override
  default ImmutableList<String> dependsOn() {
    return step().dependsOn();
  }

  /** Acts by kind; a new kind of action breaks every place that has to decide. */
  interface Visitor {
    /** Makes a volume group. */
    void createGroup(CreateGroup action) throws HostFailure;

    /** Makes a logical volume. */
    void createVolume(CreateVolume action) throws HostFailure;

    /** Extends a logical volume. */
    void extendVolume(ExtendVolume action) throws HostFailure;

    /** Makes a file system in a logical volume. */
    void makeFilesystem(MakeFilesystem action) throws HostFailure;

    /** Makes an image. */
    void createImage(CreateImage action) throws HostFailure;

    /** Extends an image. */
    void extendImage(ExtendImage action) throws HostFailure;

    /** Fetches a file from a web server. */
    void fetchFile(FetchFile action) throws HostFailure;

    /** Makes a step on the network. */
    void changeNetwork(NetworkAction action) throws HostFailure;

    /** Keeps a copy of a file. */
    void keepFile(KeepFile action) throws HostFailure;

    /** Writes a guest file. */
    void writeFile(WriteFile action) throws HostFailure;

    /** Removes a guest file. */
    void removeFile(RemoveFile action) throws HostFailure;

    /** Makes or repairs an autostart link. */
    void createLink(CreateLink action) throws HostFailure;

    /** Removes an autostart link. */
    void removeLink(RemoveLink action) throws HostFailure;

    /** Starts a domain. */
    void startDomain(StartDomain action) throws HostFailure;

    /** Shuts a domain down. */
    void stopDomain(StopDomain action) throws HostFailure;

    /** Changes the memory of a running domain. */
    void setMemory(SetMemory action) throws HostFailure;

    /** Changes the virtual CPUs of a running domain. */
    void setVcpus(SetVcpus action) throws HostFailure;

    /** Changes the share of the CPUs of a running domain. */
    void setShare(SetShare action) throws HostFailure;

    /** Pins a running domain. */
    void pin(Pin action) throws HostFailure;

    /** Attaches a disk to a running domain. */
    void attachDisk(AttachDisk action) throws HostFailure;

    /** Attaches a network interface to a running domain. */
    void attachVif(AttachVif action) throws HostFailure;

    /** Stores what a running domain is made from at its next reboot. */
    void updateConfiguration(UpdateConfiguration action) throws HostFailure;

    /** Shuts a domain down and starts it again. */
    void restartDomain(RestartDomain action) throws HostFailure;
  }
}
