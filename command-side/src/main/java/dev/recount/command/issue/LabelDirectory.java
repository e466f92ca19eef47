package dev.recount.command.issue;

import dev.recount.events.Label;
import java.util.Collection;
import java.util.Map;

/** Finds labels by name; what is found once stays for ever, for labels never change and are never removed. */
public interface LabelDirectory {

    /** Those of the names that are there. */
    Map<String, Label> find(Collection<String> names);
}
