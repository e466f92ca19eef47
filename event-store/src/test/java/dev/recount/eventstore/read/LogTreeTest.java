package dev.recount.eventstore.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.eventstore.tree.ReferenceTree;
import dev.recount.eventstore.tree.TreeHasher;
import dev.recount.eventstore.tree.TreeProof;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class LogTreeTest {

    private static final int SIZE = 37;

    private TestDatabase database;
    private EventStoreNode node;
    private LogTree tree;
    private ReferenceTree reference;

    @BeforeEach
    void append() {
        database = TestDatabase.fresh();
        node = EventStoreNode.on(database.dataSource());
        for (int i = 1; i <= SIZE; i++) {
            node.append("issue-" + i, 0, new IssueTouched(i, 1));
        }
        tree = node.context().getBean(LogTree.class);
        reference = new ReferenceTree(tree.roots(0, 0, SIZE));
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    @Test
    void the_leaves_are_the_hashes_of_the_entries() {
        TreeHasher hasher = new TreeHasher();
        assertThat(tree.entries(3, 20).stream().map(hasher::leaf).toList())
                .usingRecursiveComparison()
                .isEqualTo(reference.leaves().subList(3, 23));
    }

    @Test
    void every_size_has_its_root() {
        for (int size = 0; size <= SIZE; size++) {
            assertThat(tree.root(size)).isEqualTo(reference.root(size));
        }
    }

    @Test
    void subtrees_of_any_level_have_their_roots() {
        assertThat(tree.roots(2, 1, 3))
                .usingRecursiveComparison()
                .isEqualTo(List.of(reference.hash(4, 8), reference.hash(8, 12), reference.hash(12, 16)));
    }

    @Test
    void every_event_is_proved_to_be_in_the_log() {
        for (int position = 1; position <= SIZE; position++) {
            assertThat(ReferenceTree.isIncluded(
                            reference.leaves().get(position - 1),
                            position - 1,
                            SIZE,
                            tree.prove(TreeProof.inclusion(position - 1, SIZE)),
                            tree.root(SIZE)))
                    .isTrue();
        }
    }

    @Test
    void the_log_is_proved_to_go_on_from_every_earlier_size() {
        for (int earlier = 1; earlier <= SIZE; earlier++) {
            assertThat(ReferenceTree.isConsistent(
                            earlier,
                            SIZE,
                            tree.prove(TreeProof.consistency(earlier, SIZE)),
                            tree.root(earlier),
                            tree.root(SIZE)))
                    .isTrue();
        }
    }

    @Test
    void a_row_that_is_gone_is_named() {
        JdbcClient sql = JdbcClient.create(database.dataSource());
        sql.sql("ALTER TABLE event_log DISABLE TRIGGER ALL").update();
        sql.sql("DELETE FROM event_log WHERE position IN (8, 36)").update();
        assertThatThrownBy(() -> tree.root(SIZE))
                .isInstanceOf(TornLogException.class)
                .hasMessageContaining("36");
        assertThatThrownBy(() -> tree.entries(5, 10))
                .isInstanceOf(TornLogException.class)
                .hasMessageContaining("position 8");
        assertThat(tree.root(32)).isEqualTo(reference.root(32));
    }
}
