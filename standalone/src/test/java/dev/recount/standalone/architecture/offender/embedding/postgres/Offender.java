package dev.recount.standalone.architecture.offender.embedding.postgres;

import dev.recount.standalone.architecture.offender.embedding.eventstore.Target;

record Offender(Target target) {}
