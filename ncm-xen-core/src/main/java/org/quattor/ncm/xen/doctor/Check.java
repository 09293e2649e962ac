package org.quattor.ncm.xen.doctor;

/**
 * How one thing that a dom0 needs stands.
 *
 * @param id the id in the catalogue of findings, whatever the verdict
 * @param subject what was looked at, in a few words
 * @param verdict how it stands
 * @param path the file or device that tells
 * @param found what is there, as a clause
 * @param expected what should be there; empty when the verdict is ok or there is nothing to add
 * @param fix the command that mends it, or that tells more; empty when there is none
 */
public record Check(
    String id,
    String subject,
    Verdict verdict,
    String path,
    String found,
    String expected,
    String fix) {

  static Check ok(Topic topic, String path, String found) {
    return new Check(topic.id(), topic.subject(), Verdict.OK, path, found, "", "");
  }

  static Check problem(Topic topic, String path, String found, String expected, String fix) {
    return new Check(topic.id(), topic.subject(), Verdict.PROBLEM, path, found, expected, fix);
  }

  static Check unknown(Topic topic, String path, String found, String fix) {
    return new Check(topic.id(), topic.subject(), Verdict.UNKNOWN, path, found, "", fix);
  }
}
