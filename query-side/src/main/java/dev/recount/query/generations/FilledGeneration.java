package dev.recount.query.generations;

import dev.recount.query.projection.Projection;

/** A projection and the generation of its tables that a run fills. */
public record FilledGeneration(Projection projection, TableGeneration tables) {

    public static FilledGeneration of(Projection projection, long run, String live) {
        var schema = GenerationSchemas.name(projection.name(), run);
        return new FilledGeneration(projection, new TableGeneration(schema, live, projection.tables()));
    }

    public String name() {
        return projection.name();
    }

    public String comment(long run) {
        return GenerationSchemas.comment(projection.name(), run);
    }
}
