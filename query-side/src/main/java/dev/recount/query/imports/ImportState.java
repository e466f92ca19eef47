package dev.recount.query.imports;

import com.fasterxml.jackson.annotation.JsonValue;

/** The state of an import. */
enum ImportState {
    RUNNING("running"),
    COMPLETED("completed"),
    /** Its file was not read to the end. */
    INTERRUPTED("interrupted"),
    /** Some of its issues are withdrawn; another undo request continues with the others. */
    UNDOING("undoing"),
    UNDONE("undone");

    private final String wireName;

    ImportState(String wireName) {
        this.wireName = wireName;
    }

    @JsonValue
    String wireName() {
        return wireName;
    }

    static ImportState of(String wireName) {
        for (var state : values()) {
            if (state.wireName.equals(wireName)) {
                return state;
            }
        }
        throw new IllegalArgumentException("unknown state " + wireName);
    }
}
