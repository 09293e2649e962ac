package org.quattor.ncm.xen.host.simulated;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import org.quattor.ncm.xen.host.DomainTransfer;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.NetworkDevice;

/**
 * The components of a copy of a {@link SimulatedHostSpec} that is being made; those not set are
 * its.
 */
final class SpecParts {
  HostFacts facts;
  long imageSpaceBytes;
  ImmutableSortedMap<String, SimulatedHostSpec.Group> groups;
  ImmutableSortedMap<String, SimulatedHostSpec.Volume> volumes;
  ImmutableSortedMap<String, SimulatedHostSpec.BlockDevice> blockDevices;
  ImmutableSortedMap<String, ImmutableList<String>> users;
  ImmutableSortedSet<String> images;
  ImmutableSortedMap<String, String> urls;
  ImmutableSortedMap<String, NetworkDevice> devices;
  ImmutableSortedMap<String, SimulatedHostSpec.RunningDomain> domains;
  ImmutableSortedSet<String> watched;
  ImmutableSortedSet<DomainTransfer> transfers;

  SpecParts(SimulatedHostSpec from) {
    facts = from.facts();
    imageSpaceBytes = from.imageSpaceBytes();
    groups = from.groups();
    volumes = from.volumes();
    blockDevices = from.blockDevices();
    users = from.users();
    images = from.images();
    urls = from.urls();
    devices = from.devices();
    domains = from.domains();
    watched = from.watched();
    transfers = from.transfers();
  }

  SimulatedHostSpec spec() {
    return new SimulatedHostSpec(
        facts,
        imageSpaceBytes,
        groups,
        volumes,
        blockDevices,
        users,
        images,
        urls,
        devices,
        domains,
        watched,
        transfers);
  }
}
