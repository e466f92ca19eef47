package dev.recount.standalone.architecture.offender.shelled.command.issue;

import dev.recount.standalone.architecture.offender.shelled.command.issue.axon.Target;

record Offender(Target target) {}
