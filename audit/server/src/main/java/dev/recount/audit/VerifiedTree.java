package dev.recount.audit;

import dev.recount.eventstore.read.LogTree;
import dev.recount.eventstore.read.TornLogException;
import dev.recount.web.ProblemType;
import java.util.function.Function;

/** The log's tree for requests, which fail if the stored tree is damaged. */
final class VerifiedTree {

    private final LogTree tree;

    VerifiedTree(LogTree tree) {
        this.tree = tree;
    }

    long size() {
        return tree.size();
    }

    /** @throws dev.recount.web.ProblemException if a row or a hash is missing */
    <T> T read(Function<LogTree, T> reading) {
        try {
            return reading.apply(tree);
        } catch (TornLogException torn) {
            throw ProblemType.LOG_TAMPERED_WITH.problem(torn.getMessage() + ".").exception();
        }
    }
}
