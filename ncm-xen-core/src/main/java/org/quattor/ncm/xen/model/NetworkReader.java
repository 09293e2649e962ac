package org.quattor.ncm.xen.model;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.xen.model.Network.Backend;

/** Reads {@code network}, with the defaults that the Perl component took from names. */
final class NetworkReader {

  private static final Pattern NUMBER = Pattern.compile("xenbr([0-9]+)");

  private NetworkReader() {}

  static Network read(@Nullable Fields network) {
    if (network == null) {
      return Network.NONE;
    }
    ImmutableList.Builder<Bridge> bridges = ImmutableList.builder();
    sorted(network.children("bridges")).forEach(element -> bridges.add(bridge(element)));
    sorted(network.children("vlans")).forEach(element -> bridges.add(vlan(element)));
    return new Network(
        bridges.build(),
        network.constant("backend", Backend.class, Backend.AUTO),
        network.flag("removeqemunetworklibvirtautostart", true));
  }

  private static ImmutableList<Element> sorted(List<Element> elements) {
    return ImmutableList.sortedCopyOf(Comparator.comparing(Element::name), elements);
  }

  private static Bridge bridge(Element element) {
    Fields fields = new Fields(element);
    Matcher matcher = NUMBER.matcher(element.name());
    String number = matcher.find() ? matcher.group(1) : "0";
    String netdev = fields.filledText("netdev");
    Long vifnum = fields.optionalNumber("vifnum");
    return new Bridge(
        element.path(),
        element.name(),
        netdev == null ? "eth" + number : netdev,
        netdev != null,
        vifnum == null ? number : vifnum.toString(),
        null);
  }

  private static Bridge vlan(Element element) {
    Fields fields = new Fields(element);
    return new Bridge(
        element.path(),
        element.name(),
        fields.text("netdev"),
        true,
        "0",
        (int) fields.number("vlan"));
  }
}
