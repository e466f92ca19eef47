package dev.recount.query.rebuild;

import dev.recount.query.projection.Projection;

/** A projection and the generation of its tables that a run fills. */
record FilledGeneration(Projection projection, TableGeneration tables) {

    static FilledGeneration of(Projection projection, long run, String live) {
        var schema = GenerationSchemas.name(projection.name(), run);
        return new FilledGeneration(projection, new TableGeneration(schema, live, projection.tables()));
    }

    String name() {
        return projection.name();
    }

    String comment(long run) {
        return GenerationSchemas.comment(projection.name(), run);
    }
}
