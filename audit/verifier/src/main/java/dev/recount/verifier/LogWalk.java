package dev.recount.verifier;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Walks through a log event by event, in the order of reading, and collects its faults. */
final class LogWalk {

    private static final long MOST_SKIPPED = 1 << 20;

    private final LogSource source;
    private final List<Witness> witnesses;
    private final Findings findings = new Findings();
    private final StreamSequences sequences = new StreamSequences();
    /** The tree of the recomputed hashes, as long as none is missing. */
    private final MerkleTree tree = new MerkleTree();

    private final KnownRoots roots;
    /** The tree of the stored hashes. */
    private final RecordedTree recorded = new RecordedTree(this::doubt);

    private final KnownRoots recordedRoots;
    private final Neighbours neighbours = new Neighbours();
    /** The hashes stored with the previous event. */
    private byte @Nullable [] before;

    private long events;
    private long position;
    /** From this position on, the stored hashes do not prove every event. */
    private long doubtful = Long.MAX_VALUE;

    LogWalk(LogSource source, Collection<Witness> known) {
        this.source = source;
        this.witnesses = Stream.of(Stream.ofNullable(source.head()), source.witnesses().stream(), known.stream())
                .flatMap(all -> all)
                .sorted(Comparator.comparingLong(Witness::size))
                .toList();
        this.roots = new KnownRoots(witnesses);
        this.recordedRoots = new KnownRoots(witnesses);
        compareRoots();
        source.findings().forEach(findings::add);
    }

    long position() {
        return position;
    }

    private void compareRoots() {
        roots.compare(tree.size(), tree::root);
        recordedRoots.compare(recorded.size(), recorded::root);
    }

    void accept(Leaf leaf) {
        events++;
        var at = leaf.position() == 0 ? position + 1 : leaf.position();
        if (at <= position) {
            findings.add(
                    Fault.MISPLACED, Stretch.of(at), "Position " + at + " comes after position " + position + ".");
            return;
        }
        if (at > position + 1) {
            skip(at - 1);
        }
        position = at;
        var event = leaf.event();
        if (event == null) {
            findings.add(Fault.UNREADABLE, Stretch.of(at), "Position " + at + " cannot be read: " + leaf.fault() + ".");
        } else {
            follow(event, leaf.hash());
        }
        compare(leaf, at);
        compareRoots();
    }

    private void skip(long to) {
        before = null;
        missing(new Stretch(position + 1, to), "position " + (to + 1) + " follows");
        doubtful = Math.min(doubtful, position + 1);
        // A line can claim a gap of billions, and nothing after a large gap can be proved.
        for (var at = position + 1; at <= to && recorded.size() == at - 1 && to - position <= MOST_SKIPPED; at++) {
            recorded.append(null);
        }
    }

    private void missing(Stretch at, String why) {
        findings.add(
                Fault.MISSING,
                Stretch.of(at.from()),
                (at.from() == at.to() ? "Position " + at + " is" : "Positions " + at + " are") + " missing: " + why
                        + ".");
    }

    private void follow(LogEvent event, byte @Nullable [] hash) {
        var next = sequences.take(event.stream(), event.sequence());
        if (next != event.sequence()) {
            findings.add(
                    Fault.SEQUENCE,
                    Stretch.of(position),
                    "Position " + position + " has sequence " + event.sequence() + " of " + event.stream() + ", where "
                            + next + " is next.");
        }
        if (hash != null && tree.size() == position - 1) {
            tree.append(hash);
        }
    }

    /** Compares an event with the hashes stored beside it. */
    private void compare(Leaf leaf, long at) {
        var hashes = leaf.recorded();
        var found = findings.total();
        if (hashes == null || leaf.event() == null) {
            doubtful = Math.min(doubtful, at);
        } else {
            compare(leaf.event(), leaf.hash(), hashes);
        }
        if (recorded.size() == at - 1) {
            recorded.append(hashes);
        }
        if (hashes != null && findings.total() > found) {
            neighbours.add(at - 1, before, hashes);
        }
        before = hashes;
    }

    private void compare(LogEvent event, byte @Nullable [] hash, byte[] hashes) {
        var at = event.position();
        var subtrees = Long.numberOfTrailingZeros(at);
        if (hashes.length != (1 + subtrees) * Hash.LENGTH) {
            var stretch = new Stretch(subtrees == 0 ? at : at - 1, at);
            alter(
                    stretch,
                    "Position " + at + " ends " + subtrees + " perfect subtrees, and comes with " + hashes.length
                            + " bytes of hashes.");
        }
        var leafHash = Arrays.copyOf(hashes, Hash.LENGTH);
        if (hash != null && !Arrays.equals(hash, leafHash)) {
            alter(
                    Stretch.of(at),
                    "Position " + at + " is not what was recorded: " + event.type() + ", sequence " + event.sequence()
                            + " of " + event.stream() + ", hashes to " + Hash.of(hash)
                            + ", and the recorded leaf hash is " + Hash.of(leafHash) + ".");
        }
    }

    private void doubt(long from, long to, boolean contradicted) {
        if (contradicted) {
            alter(
                    new Stretch(from, to),
                    "Positions " + from + " to " + to + " are not what was recorded of them together: one is another"
                            + " event, or in another's place.");
            if (to - from > 1) {
                neighbours.doubtAbove(new Stretch(from, to));
            }
        }
        doubtful = Math.min(doubtful, from);
    }

    private void alter(Stretch at, String message) {
        findings.add(Fault.ALTERED, at, message);
        doubtful = Math.min(doubtful, at.from());
    }

    void breakOff(Exception cause) {
        findings.add(
                Fault.UNREADABLE,
                Stretch.of(position + 1),
                "Nothing can be read after position " + position + ": " + cause.getMessage() + ".");
    }

    Report report() throws SQLException {
        compareEnds();
        for (var witness : witnesses) {
            if (disagrees(witness)) {
                findings.add(new Finding(
                        Fault.ROOT,
                        null,
                        "The first " + witness.size() + " events do not lead to " + witness.root() + ", the root in "
                                + witness.name() + "."));
            }
        }
        var intact = intactUpTo();
        var firstBad = firstBad(intact);
        return new Report(
                source.name(),
                source.origin(),
                events,
                tree.size() == position ? tree.root() : null,
                witnesses.stream()
                        .map(witness ->
                                new Report.Witnessed(witness, roots.agrees(witness), recordedRoots.agrees(witness)))
                        .toList(),
                findings.first(),
                findings.total(),
                intact,
                firstBad,
                firstBad == null || firstBad.from() == firstBad.to() ? null : source.rewritten(firstBad));
    }

    private void compareEnds() {
        var head = source.head();
        if (head != null && position > head.size()) {
            findings.add(
                    Fault.UNSEALED,
                    Stretch.of(head.size() + 1),
                    "Position " + (head.size() + 1) + " is after the end: " + head.name() + " gives " + head.size()
                            + " events.");
        }
        if (!witnesses.isEmpty() && witnesses.getLast().size() > position) {
            var longest = witnesses.getLast();
            missing(
                    new Stretch(position + 1, longest.size()),
                    longest.name() + " covers " + longest.size() + " events");
        }
    }

    /**
     * The position up to which a signed root proves the events. A root proves the events that lead to it, or the stored
     * hashes and the events that match them. If another root contradicts, nothing is proved, because the key can sign
     * two roots.
     */
    private long intactUpTo() {
        var contradicted = witnesses.stream()
                .filter(witness -> disagrees(witness) && !Boolean.TRUE.equals(recordedRoots.agrees(witness)))
                .mapToLong(Witness::size)
                .findFirst()
                .orElse(Long.MAX_VALUE);
        var intact = 0L;
        for (var witness : witnesses) {
            if (witness.signed() && witness.size() < contradicted) {
                if (Boolean.TRUE.equals(roots.agrees(witness))) {
                    intact = Math.max(intact, witness.size());
                }
                if (Boolean.TRUE.equals(recordedRoots.agrees(witness))) {
                    intact = Math.max(intact, Math.min(witness.size(), doubtful - 1));
                }
            }
        }
        return intact;
    }

    private @Nullable Stretch firstBad(long intact) {
        var found = findings.firstStretch();
        for (var witness : witnesses) {
            if (disagrees(witness) && (found == null || witness.size() < found.to())) {
                return new Stretch(Math.min(intact + 1, witness.size()), witness.size());
            }
        }
        return found == null ? null : neighbours.narrow(found);
    }

    private boolean disagrees(Witness witness) {
        return Boolean.FALSE.equals(roots.agrees(witness));
    }
}
